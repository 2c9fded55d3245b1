import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PaperPage, type PaperPageProps } from '../../views/exchange/paper-page.tsx';
import { goodsInWords } from '../../views/goods/goods-in-words.ts';
import { translate } from '../../views/shared/dictionary.ts';
import { householdError } from '../../views/shared/household-field.tsx';
import { cardByNumber, householdMeant } from '../cards/index.ts';
import { nameGoods, shelf, slipNumbers } from '../goods/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { dayText } from '../platform/calendar-text.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyAfter, keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { previewPaper, redeemOnPaper } from './redeem-on-paper.ts';

const access = 'goods.redeem';
const ROWS = 5;

const body = z.record(z.string(), z.unknown());

type Form = PaperPageProps['form'];
type Faults = { name: string; message: string }[];

/** 补录纸条: nothing typed is lost, and the press that counts says what it takes. */
export const paperRoutes: Routes = async (app, { db }) => {
  app.get(
    '/villages/:village/paper-slips/new',
    { config: { access }, schema: { params: villageParams } },
    (request, reply) => draw(request, reply, { form: readForm({}), key: newIdempotencyKey() }),
  );

  app.post(
    '/villages/:village/paper-slips',
    { config: { access }, schema: { params: villageParams, body } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const form = readForm(request.body);
      const key = keyOf(request.body);
      const [meant, goods] = await Promise.all([
        householdMeant(db.sql, villageId, form.card),
        shelf(db.sql, villageId, request.today),
      ]);
      const { errors, asked } = readAsked(request, form);
      if ('candidates' in meant) {
        const unsure = householdError(translate(request.locale), 'card', meant);
        return draw(request, reply, { form, key, errors: [unsure, ...errors], ...meant });
      }
      if (!asked) return draw(request, reply, { form, key, errors });
      const input = { villageId, today: request.today, card: meant.number, ...asked };
      const quoted = lastOf(request.body['quoted']);
      // What was changed after the look is looked at again, also when Enter presses the first button.
      const isSeen = request.body['confirmed'] === 'yes' && request.body['seen'] === seenText(form, meant.number);
      if (isSeen && quoted !== undefined && /^\d{1,9}$/.test(quoted)) {
        const outcome = await redeemOnPaper(db, {
          ...input,
          quotedCentipoints: Number(quoted),
          idempotencyKey: key,
          recordedBy: viewerOf(request).personId,
        });
        if (!('refused' in outcome)) return reply.redirect(`/villages/${code}/redemptions/${outcome.operationId}`, 303);
        return draw(request, reply, { form, key, refusal: nameGoods(outcome, goods) });
      }
      const preview = await previewPaper(db, input);
      if ('refused' in preview) return draw(request, reply, { form, key, refusal: nameGoods(preview, goods) });
      const t = translate(request.locale);
      const household = await cardByNumber(db.sql, villageId, meant.number);
      const listed = asked.lines.flatMap((line) => {
        const item = goods.find((one) => one.code === line.code);
        return item ? [{ ...item, quantity: line.quantity }] : [];
      });
      const summary = t('exchange.paper.summary', {
        name: household?.headName ?? meant.number,
        goods: goodsInWords(t, listed),
        slip: asked.paper.slip,
      });
      const checked = {
        summary,
        spentCentipoints: preview.spentCentipoints,
        leftCentipoints: preview.balanceAfterCentipoints,
        seen: seenText(form, meant.number),
      };
      return draw(request, reply, { form, key, checked });
    },
  );

  async function draw(
    request: FastifyRequest,
    reply: FastifyReply,
    {
      form,
      key,
      errors = [],
      refusal,
      checked,
      candidates,
    }: { form: Form; key: string; errors?: Faults; refusal?: Refusal } & Pick<PaperPageProps, 'checked' | 'candidates'>,
  ): Promise<FastifyReply> {
    const { villageId } = villageOf(request);
    const [goods, { missing, next }] = await Promise.all([
      shelf(db.sql, villageId, request.today),
      slipNumbers(db.sql, villageId, 'exchanges'),
    ]);
    setStatus(reply, { errors, refusal });
    const isFresh = form.slip === '' && errors.length === 0 && !refusal;
    return reply.page(
      <PaperPage
        form={{ ...form, slip: isFresh && next !== null ? String(next) : form.slip, day: form.day || request.today }}
        goods={goods}
        candidates={candidates}
        missing={missing}
        idempotencyKey={keyAfter(refusal, key)}
        errors={errors}
        notice={refusal && refusalNotice(request, refusal)}
        checked={checked}
      />,
    );
  }
};

/** With the number of the household that was named then: the same words may name another one by now. */
function seenText({ rows, ...form }: Form, number: string): string {
  return [number, ...Object.values(form), ...rows.flatMap(({ code, quantity }) => [code, quantity])].join(' ');
}

function readForm(sent: Readonly<Record<string, unknown>>): Form {
  const text = (name: string, longest = 40) => (lastOf(sent[name]) ?? '').normalize('NFKC').slice(0, longest);
  return {
    slip: text('slip'),
    day: text('day'),
    card: text('card', 200),
    rows: Array.from({ length: ROWS }, (_, row) => ({ code: text(`code.${row}`), quantity: text(`quantity.${row}`) })),
    handedOutBy: text('handedOutBy'),
    witness: text('witness'),
  };
}

function readAsked({ locale }: FastifyRequest, form: Form) {
  const t = translate(locale);
  const errors: Faults = [];
  const fail = (name: string, message: string) => {
    errors.push({ name, message });
  };
  if (!/^[1-9]\d{0,8}$/.test(form.slip)) fail('slip', t('exchange.paper.slipError'));
  if (!dayText.safeParse(form.day).success) fail('day', t('exchange.paper.dayError'));
  const lines = form.rows.flatMap(({ code, quantity }, row) => {
    if (code === '' && quantity === '') return [];
    if (code === '') fail(`code.${row}`, t('exchange.paper.goodsError'));
    if (!/^[1-9]\d{0,2}$/.test(quantity)) fail(`quantity.${row}`, t('exchange.paper.countError'));
    return [{ code, quantity: Number(quantity) }];
  });
  if (lines.length === 0) fail('code.0', t('exchange.paper.goodsError'));
  for (const name of ['handedOutBy', 'witness'] as const) {
    if (form[name] === '' || form[name].length > 20) fail(name, t(`exchange.paper.${name}Error`));
  }
  if (errors.length > 0) return { errors, asked: null };
  const { slip, day, handedOutBy, witness } = form;
  return { errors, asked: { lines, paper: { slip: Number(slip), day, handedOutBy, witness } } };
}
