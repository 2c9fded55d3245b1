import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { GiftPage, type GiftTodo } from '../../views/donations/gift-page.tsx';
import { GiftLetterPage, GiftReceiptPage } from '../../views/donations/gift-papers.tsx';
import { type Translate, translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { Notice } from '../../views/shared/notice.tsx';
import { receivableGoods, slipNumbers } from '../goods/index.ts';
import { type Capability, may, viewerOf, villageOf } from '../people/index.ts';
import { photoByPublicId, photoHref } from '../photos/index.ts';
import { keyAfter, keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf, seqNumber, typedWords } from '../platform/http/form-fields.ts';
import { publicOrigin } from '../platform/http/public-origin.ts';
import { isRefusal, type Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { type Rule, villageRules } from '../rules/index.ts';
import { type GiftEvent, nextGiftState, waitingLines } from './decide-gift.ts';
import { timesOfSum } from './decide-thanks.ts';
import { type ShownGift, shownGifts } from './donation-list.ts';
import { donorByPublicId } from './donors.ts';
import { readFen, readLines, type TypedRow, typed, typedRows } from './gift-form.ts';
import { waitingFen } from './gifts.ts';
import { type GiftStep, recordGift } from './record-gift.ts';
import { shelveGift } from './shelve-gift.ts';

const giftParams = z.object({ village: z.string(), gift: seqNumber });
const fields = z.record(z.string(), z.unknown());

interface Drawn {
  body?: Readonly<Record<string, unknown>>;
  errors?: FieldErrors;
  refusal?: Refusal | undefined;
}

const PURPOSE = z.enum(['goods', 'transport', 'packing', 'other']).catch('goods');

/** One gift: its page, its papers, and each step of it. */
export const giftRoutes: Routes = async (app, { config, db }) => {
  const { sql } = db;
  const read = { config: { access: 'village.read' }, schema: { params: giftParams } } as const;

  app.get('/villages/:village/gifts/:gift', read, (request, reply) => draw(request, reply, request.params.gift, {}));

  for (const paper of ['receipt', 'letter'] as const) {
    app.get(`/villages/:village/gifts/:gift/${paper}`, read, async (request, reply) => {
      const { code, name, villageId } = villageOf(request);
      const shown = await find(villageId, request.params.gift);
      const isThere = paper === 'receipt' ? shown?.gift.receipt : shown?.gift.trace;
      if (!shown || !isThere) return reply.refuse({ refused: 'unknown_gift_page' });
      const backHref = `/villages/${code}/gifts/${shown.gift.seq}`;
      const recordUrl = `${publicOrigin(config, request)}/villages/${code}/acts/${isThere.seq}`;
      const props = { shown, village: { code, name }, backHref, recordUrl };
      return reply.page(paper === 'receipt' ? <GiftReceiptPage {...props} /> : <GiftLetterPage {...props} />);
    });
  }

  const record = { config: { access: 'gift.record' }, schema: { params: giftParams, body: fields } } as const;

  app.post('/villages/:village/gifts/:gift/steps', record, async (request, reply) => {
    const { body } = request;
    const t = translate(request.locale);
    const step = await readStep(villageOf(request).villageId, request.params.gift, body, t);
    return 'errors' in step ? draw(request, reply, request.params.gift, { body, ...step }) : post(request, reply, step);
  });

  app.post(
    '/villages/:village/gifts/:gift/inspections',
    { ...record, config: { access: 'gift.inspect' } },
    async (request, reply) => {
      const { body } = request;
      const t = translate(request.locale);
      const passed = lastOf(body['outcome']) !== 'refused';
      const reason = typedWords(body, 'reason');
      const lines = readLines(typedRows(body), await values(villageOf(request).villageId));
      const errors = [
        ...(lines === null ? [{ name: 'goods-0', message: t('donations.linesError') }] : []),
        ...(!passed && reason === '' ? [{ name: 'reason', message: t('donations.step.reasonError') }] : []),
      ];
      const giftSeq = request.params.gift;
      if (lines === null || errors.length > 0) return draw(request, reply, giftSeq, { body, errors });
      return post(request, reply, { step: 'inspect', giftSeq, passed, lines: passed ? lines : [], reason });
    },
  );

  app.post('/villages/:village/gifts/:gift/shelvings', record, async (request, reply) => {
    const { body } = request;
    const t = translate(request.locale);
    const giftSeq = request.params.gift;
    const { villageId } = villageOf(request);
    const lines = readLines(typedRows(body), await values(villageId));
    const voucher = typed(body, 'voucher', 20);
    const errors = [
      ...(lines === null ? [{ name: 'goods-0', message: t('donations.linesError') }] : []),
      ...(/^\d{0,9}$/.test(voucher) ? [] : [{ name: 'voucher', message: t('donations.step.voucherError') }]),
    ];
    if (lines === null || errors.length > 0) return draw(request, reply, giftSeq, { body, errors });
    const viewer = viewerOf(request);
    const outcome = await shelveGift(db, {
      villageId,
      giftSeq,
      lines: lines.map(({ code, quantity, value, useBy }) => ({ code, quantity, unitValueFen: value, useBy })),
      voucher: voucher === '' ? undefined : Number(voucher),
      idempotencyKey: keyOf(body),
      recordedBy: viewer.personId,
      recorderName: viewer.displayName,
      today: request.today,
    });
    return answer(request, reply, giftSeq, body, outcome);
  });

  async function post(request: FastifyRequest, reply: FastifyReply, step: Exclude<GiftStep, { step: 'announce' }>) {
    const body = request.body as Record<string, unknown>;
    const outcome = await recordGift(db, {
      villageId: villageOf(request).villageId,
      step,
      idempotencyKey: keyOf(body),
      recordedBy: viewerOf(request).personId,
      today: request.today,
    });
    return answer(request, reply, step.giftSeq, body, outcome);
  }

  function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    giftSeq: number,
    body: Record<string, unknown>,
    outcome: object,
  ) {
    if (isRefusal(outcome)) return draw(request, reply, giftSeq, { body, refusal: outcome });
    return reply.redirect(`/villages/${villageOf(request).code}/gifts/${giftSeq}?saved=1`, 303);
  }

  async function readStep(
    villageId: number,
    giftSeq: number,
    body: Record<string, unknown>,
    t: Translate,
  ): Promise<Exclude<GiftStep, { step: 'announce' | 'inspect' }> | { errors: FieldErrors }> {
    const step = lastOf(body['step']);
    const fen = readFen(typed(body, 'fen', 20));
    if (step === 'trace' || step === 'report') return { step, giftSeq };
    if (step === 'spend') {
      const invoice = typed(body, 'invoice', 70);
      const errors = [
        ...(fen === null || fen === 0 ? [{ name: 'fen', message: t('donations.fenError') }] : []),
        ...(/^[A-Za-z0-9._-]{0,60}$/.test(invoice)
          ? []
          : [{ name: 'invoice', message: t('donations.step.invoiceError') }]),
      ];
      if (fen === null || errors.length > 0) return { errors };
      const purpose = PURPOSE.parse(lastOf(body['purpose']));
      return { step, giftSeq, fen, purpose, invoice, seller: typed(body, 'seller', 60) };
    }
    const isMoney = body['fen'] !== undefined;
    const lines = readLines(typedRows(body), await values(villageId));
    if (lines === null) return { errors: [{ name: 'goods-0', message: t('donations.linesError') }] };
    if (isMoney && !fen) return { errors: [{ name: 'fen', message: t('donations.fenError') }] };
    return { step: 'receive', giftSeq, lines, fen: fen ?? 0 };
  }

  /** What one of each is worth by the list of goods. */
  async function values(villageId: number): Promise<Map<string, number>> {
    const goods = await sql<{ code: string; value: number }[]>`
      select code, unit_value_fen as value from goods where village_id = ${villageId}`;
    return new Map(goods.map(({ code, value }) => [code, value]));
  }

  async function find(villageId: number, seq: number): Promise<ShownGift | undefined> {
    return (await shownGifts(sql, villageId)).find(({ gift }) => gift.seq === seq);
  }

  async function draw(
    request: FastifyRequest,
    reply: FastifyReply,
    giftSeq: number,
    { body = {}, errors = [], refusal }: Drawn,
  ): Promise<FastifyReply> {
    const { villageId, code } = villageOf(request);
    const [shown, goods, rules, { next }] = await Promise.all([
      find(villageId, giftSeq),
      receivableGoods(sql, villageId, request.today),
      villageRules(sql, villageId, request.today),
      slipNumbers(sql, villageId, 'receipts'),
    ]);
    if (!shown) return reply.refuse({ refused: 'unknown_gift_page' });
    const { gift } = shown;
    const [donor, ...photos] = await Promise.all([
      donorByPublicId(sql, villageId, gift.donor),
      ...gift.photos.map((id) => photoByPublicId(sql, villageId, id)),
    ]);
    setStatus(reply, { errors, refusal });
    const isSaved = z.object({ saved: z.string().optional() }).parse(request.query).saved !== undefined;
    const counted = gift.receipt === null ? gift.lines : gift.inspection ? gift.acceptedLines : gift.lines;
    const typedNow = typedRows(body);
    return reply.page(
      <GiftPage
        shown={shown}
        donorName={donor?.name ?? ''}
        todo={todoOf(request, shown)}
        thanks={thanksOf(request, { gift, donorKind: donor?.kind, rules })}
        goods={goods.map((item) => ({ code: item.code, name: `${item.name} ${item.spec}` }))}
        rows={typedNow.length > 0 ? typedNow : counted.map(rowOf)}
        shelfRows={typedNow.length > 0 ? typedNow : shelfRows(shown)}
        values={{
          // As where goods are taken in: the number after the last slip.
          voucher: next === null ? '' : String(next),
          ...Object.fromEntries(
            ['fen', 'reason', 'invoice', 'seller', 'voucher', 'purpose'].flatMap((name) =>
              body[name] === undefined ? [] : [[name, typed(body, name)]],
            ),
          ),
        }}
        waitingFen={waitingFen(gift)}
        photos={photos.flatMap((photo) => (photo ? [{ ...photo, href: photoHref(code, photo) }] : []))}
        idempotencyKey={keyAfter(refusal, keyOf(body))}
        errors={errors}
        notice={
          refusal
            ? refusalNotice(request, refusal)
            : isSaved && (
                <Notice kind="success" focused>
                  {translate(request.locale)('donations.saved')}
                </Notice>
              )
        }
      />,
    );
  }
};

function rowOf({ code, quantity, value }: { code: string; quantity: number; value: number }): TypedRow {
  return { goods: code, quantity: String(quantity), value: (value / 100).toFixed(2), useBy: '' };
}

/** What waits; for money empty rows, because what was bought stands on the invoice. */
function shelfRows({ gift }: ShownGift): TypedRow[] {
  if (gift.kind === 'goods') return waitingLines(gift).map(rowOf);
  return Array.from({ length: 4 }, () => ({ goods: '', quantity: '', value: '', useBy: '' }));
}

/** 捐款加分: where somebody of the village gave, the awards that the village's rules know for that. */
function thanksOf(
  request: FastifyRequest,
  { gift, donorKind, rules }: { gift: ShownGift['gift']; donorKind: string | undefined; rules: readonly Rule[] },
) {
  const village = villageOf(request);
  if (donorKind !== 'person' || gift.accepted === 0) return [];
  if (!may(viewerOf(request).appointments, 'points.award', village)) return [];
  return rules.flatMap((rule) => {
    const times = rule.pointsCentipoints > 0 ? timesOfSum(rule, gift.accepted) : null;
    if (times === null || (times > 1 && rule.capMaxCount !== null)) return [];
    const query = new URLSearchParams({ rule: rule.code, times: String(times) });
    const href = `/villages/${village.code}/awards/new?${query}`;
    return [{ href, rule: rule.name, times, centipoints: times * rule.pointsCentipoints }];
  });
}

/** What whoever looks may do now. */
function todoOf(request: FastifyRequest, { gift }: ShownGift): GiftTodo[] {
  const { appointments, personId } = viewerOf(request);
  const allows = (capability: Capability) => may(appointments, capability, villageOf(request));
  const can = (event: GiftEvent) => nextGiftState(gift.state, event) !== null;
  const records = allows('gift.record');
  const waits = gift.kind === 'goods' ? waitingLines(gift).length > 0 : waitingFen(gift) > 0;
  const isOwn = gift.receivedBy === personId;
  const todo: [GiftTodo, boolean][] = [
    ['receive', records && can('receive')],
    ['inspect', allows('gift.inspect') && can('pass') && !isOwn],
    ['inspectWait', can('pass') && isOwn],
    ['spend', records && can('spend') && gift.kind === 'money' && gift.accepted > gift.spent],
    ['shelve', records && can('shelve') && waits],
    ['report', records && can('report')],
    ['trace', records && can('trace')],
  ];
  return todo.filter(([, isPossible]) => isPossible).map(([what]) => what);
}
