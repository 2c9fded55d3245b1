import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DonorsPage, type DonorValues } from '../../views/donations/donors-page.tsx';
import { giftInWords } from '../../views/donations/gift-words.tsx';
import { GiftsPage } from '../../views/donations/gifts-page.tsx';
import { NewGiftPage } from '../../views/donations/new-gift-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { Notice } from '../../views/shared/notice.tsx';
import { receivableGoods } from '../goods/index.ts';
import { FUNDS } from '../ledger/index.ts';
import { may, viewerOf, villageOf } from '../people/index.ts';
import { photoFields, storePhotos } from '../photos/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyAfter, keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { allOf, lastOf, typedWords } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { shownGifts } from './donation-list.ts';
import { type Donor, donors, keepDonor } from './donors.ts';
import { readFen, readLines, typed, typedRows } from './gift-form.ts';
import { recordGift } from './record-gift.ts';

const fields = z.record(z.string(), z.unknown());
const PAGE = 30;
const ROWS = 4;

const listQuery = z.object({
  q: z.preprocess((value) => lastOf(value) ?? '', z.string().trim().max(60)).catch(''),
  from: z.preprocess(lastOf, z.coerce.number().int().min(0).max(1_000_000)).catch(0),
  change: z.preprocess((value) => lastOf(value) ?? '', z.string().max(40)).catch(''),
  saved: z.string().optional(),
});

const BLANK = { goods: '', quantity: '', value: '', useBy: '' };
const NEW_DONOR: DonorValues = { publicId: '', name: '', kind: 'person', appears: 'kind', contact: '', username: '' };

interface Drawn {
  body?: Readonly<Record<string, unknown>>;
  errors?: FieldErrors;
  refusal?: Refusal | undefined;
  keptPhotos?: readonly string[];
}

/** The village's gifts and donors, and a gift that somebody brings or promises. */
export const giftListRoutes: Routes = async (app, services) => {
  const { db } = services;
  const { sql } = db;

  app.get(
    '/villages/:village/gifts',
    { config: { access: 'village.read' }, schema: { params: villageParams, querystring: listQuery } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { q, from } = request.query;
      const t = translate(request.locale);
      const [shown, known] = await Promise.all([shownGifts(sql, villageId), donors(sql, villageId)]);
      const names = new Map(known.map(({ publicId, name }) => [publicId, name]));
      const all = shown.map((one) => ({ ...one, donorName: names.get(one.gift.donor) ?? '' }));
      const found = all.filter(
        (one) =>
          q === '' ||
          one.donorName.includes(q) ||
          giftInWords(one, t).includes(q) ||
          String(one.gift.receipt?.number ?? '') === q,
      );
      // What waits for a hand comes first, else the newest.
      const isWaiting = ({ gift }: (typeof found)[number]) =>
        ['announced', 'received', 'inspected'].includes(gift.state);
      const sorted = [...found.filter(isWaiting), ...found.filter((one) => !isWaiting(one))];
      return reply.page(
        <GiftsPage
          gifts={sorted.slice(from, from + PAGE)}
          mayRecord={mayRecord(request)}
          query={q}
          {...pagesOf(`/villages/${code}/gifts`, { q, from, count: sorted.length })}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/gifts/new',
    { config: { access: 'gift.record' }, schema: { params: villageParams } },
    (request, reply) => drawNew(request, reply, {}),
  );

  app.post(
    '/villages/:village/gifts',
    { config: { access: 'gift.record', uploads: true }, schema: { params: villageParams, body: fields } },
    async (request, reply) => {
      const { body } = request;
      const t = translate(request.locale);
      const { villageId, code } = villageOf(request);
      const { personId } = viewerOf(request);
      const kind = lastOf(body['kind']) === 'money' ? 'money' : 'goods';
      const goods = await sql<{ code: string; value: number }[]>`
        select code, unit_value_fen as value from goods where village_id = ${villageId}`;
      const lines = readLines(typedRows(body), new Map(goods.map((item) => [item.code, item.value])));
      const fen = readFen(typed(body, 'fen', 20));
      const donor = typed(body, 'donor', 40);
      const errors = [
        ...(donor === '' ? [{ name: 'donor', message: t('donations.donorError') }] : []),
        ...(kind === 'goods' && !lines?.length ? [{ name: 'goods-0', message: t('donations.linesError') }] : []),
        ...(kind === 'money' && !fen ? [{ name: 'fen', message: t('donations.fenError') }] : []),
      ];
      if (errors.length > 0) return drawNew(request, reply, { body, errors });
      const photos = await storePhotos(services, {
        villageId,
        purpose: 'gift',
        addedBy: personId,
        fields: photoFields(request),
      });
      if ('refused' in photos) return drawNew(request, reply, { body, refusal: photos });
      const outcome = await recordGift(db, {
        villageId,
        step: {
          step: 'announce',
          donor,
          fund: FUNDS.find((fund) => fund === lastOf(body['fund'])) ?? 'donation',
          wish: typedWords(body, 'wish'),
          isThere: lastOf(body['isThere']) !== 'no',
          kind,
          lines: kind === 'goods' ? (lines ?? []) : [],
          fen: fen ?? 0,
        },
        photos,
        idempotencyKey: keyOf(body),
        recordedBy: personId,
        today: request.today,
      });
      if ('refused' in outcome) {
        return drawNew(request, reply, { body, refusal: outcome, keptPhotos: photos.map(({ publicId }) => publicId) });
      }
      return reply.redirect(`/villages/${code}/gifts/${outcome.acts[0]?.seq}?saved=1`, 303);
    },
  );

  app.get(
    '/villages/:village/donors',
    { config: { access: 'village.read' }, schema: { params: villageParams, querystring: listQuery } },
    (request, reply) => drawDonors(request, reply, request.query, {}),
  );

  app.post(
    '/villages/:village/donors',
    { config: { access: 'gift.record' }, schema: { params: villageParams, body: fields } },
    async (request, reply) => {
      const { body } = request;
      const { villageId, code } = villageOf(request);
      const query = { q: '', from: 0, change: '', saved: undefined };
      const name = typed(body, 'name', 61);
      if (name === '' || name.length > 60) {
        const errors = [{ name: 'name', message: translate(request.locale)('donations.donorNameError') }];
        return drawDonors(request, reply, query, { body, errors });
      }
      const publicId = typed(body, 'publicId', 40) || undefined;
      if (publicId && !(await donors(sql, villageId)).some((donor) => donor.publicId === publicId)) {
        return drawDonors(request, reply, query, { body, refusal: { refused: 'unknown_donor' } });
      }
      const outcome = await keepDonor(sql, villageId, {
        publicId,
        today: request.today,
        name,
        kind:
          (['person', 'enterprise', 'department'] as const).find((kind) => kind === lastOf(body['kind'])) ?? 'person',
        appears: (['kind', 'initials', 'named'] as const).find((one) => one === lastOf(body['appears'])) ?? 'kind',
        contact: typed(body, 'contact', 100) || null,
        username: typed(body, 'username', 40) || null,
      });
      if ('refused' in outcome) return drawDonors(request, reply, query, { body, refusal: outcome });
      return reply.redirect(`/villages/${code}/donors?saved=1`, 303);
    },
  );

  async function drawNew(
    request: FastifyRequest,
    reply: FastifyReply,
    { body = {}, errors = [], refusal, keptPhotos }: Drawn,
  ): Promise<FastifyReply> {
    const { villageId } = villageOf(request);
    const [known, goods] = await Promise.all([donors(sql, villageId), receivableGoods(sql, villageId, request.today)]);
    setStatus(reply, { errors, refusal });
    const rows = typedRows(body);
    return reply.page(
      <NewGiftPage
        donors={known}
        goods={goods.map((item) => ({ code: item.code, name: `${item.name} ${item.spec}` }))}
        funds={FUNDS}
        values={{
          donor: typed(body, 'donor', 40),
          kind: lastOf(body['kind']) ?? 'goods',
          fund: lastOf(body['fund']) ?? 'donation',
          wish: typedWords(body, 'wish'),
          isThere: lastOf(body['isThere']) ?? 'yes',
          fen: typed(body, 'fen', 20),
        }}
        rows={[...rows, ...Array.from({ length: Math.max(0, ROWS - rows.length) }, () => BLANK)]}
        keptPhotos={keptPhotos ?? allOf(body['photoIds'])}
        idempotencyKey={keyAfter(refusal, keyOf(body))}
        errors={errors}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }

  async function drawDonors(
    request: FastifyRequest,
    reply: FastifyReply,
    { q, from, change, saved }: z.infer<typeof listQuery>,
    { body, errors = [], refusal }: Drawn,
  ): Promise<FastifyReply> {
    const { villageId, code } = villageOf(request);
    const all = await donors(sql, villageId);
    const found = all.filter(({ name }) => name.includes(q));
    const chosen = all.find(({ publicId }) => publicId === change);
    setStatus(reply, { errors, refusal });
    const success = saved !== undefined && (
      <Notice kind="success" focused>
        {translate(request.locale)('donations.donorSaved')}
      </Notice>
    );
    return reply.page(
      <DonorsPage
        donors={found.slice(from, from + PAGE)}
        mayRecord={mayRecord(request)}
        values={body ? typedDonor(body) : chosen ? donorValues(chosen) : NEW_DONOR}
        query={q}
        errors={errors}
        notice={refusal ? refusalNotice(request, refusal) : success}
        {...pagesOf(`/villages/${code}/donors`, { q, from, count: found.length })}
      />,
    );
  }
};

function typedDonor(body: Readonly<Record<string, unknown>>): DonorValues {
  const names = ['publicId', 'name', 'kind', 'appears', 'contact', 'username'] as const;
  return { ...NEW_DONOR, ...Object.fromEntries(names.map((name) => [name, typed(body, name)])) };
}

function donorValues({ publicId, name, kind, appears, contact, username }: Donor): DonorValues {
  return { publicId, name, kind, appears, contact: contact ?? '', username: username ?? '' };
}

function pagesOf(path: string, { q, from, count }: { q: string; from: number; count: number }) {
  const href = (at: number) =>
    `${path}?${new URLSearchParams({ ...(q && { q }), ...(at > 0 && { from: String(at) }) })}`;
  return {
    nextHref: from + PAGE < count ? href(from + PAGE) : undefined,
    firstHref: from > 0 ? href(0) : undefined,
  };
}

function mayRecord(request: FastifyRequest): boolean {
  return may(viewerOf(request).appointments, 'gift.record', villageOf(request));
}
