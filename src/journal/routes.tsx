import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ActPage } from '../../views/journal/act-page.tsx';
import { ActsPage } from '../../views/journal/acts-page.tsx';
import { photosOf } from '../auditlog/index.ts';
import { may, villageOf } from '../people/index.ts';
import { monthText } from '../platform/calendar-text.ts';
import { villageDay, villageTime } from '../platform/clock.ts';
import { seqNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { shownPhotos } from '../problems/index.ts';
import { ACT_KINDS, kindOf } from './act-kinds.ts';
import { type Act, actBySeq, readActs, recordedMonths } from './acts.ts';

const PAGE_LENGTH = 50;
const MONTHS_OFFERED = 12;

/** A filter that nobody can have pressed is left out rather than refused: these are links. */
const actsQuery = z.object({
  kind: z.enum(ACT_KINDS).optional().catch(undefined),
  month: monthText.optional().catch(undefined),
  year: z
    .string()
    .regex(/^2\d{3}$/)
    .optional()
    .catch(undefined),
  before: seqNumber.optional().catch(undefined),
  from: seqNumber.optional().catch(undefined),
});

/** Whoever may read the village sees names; everybody else sees them masked. */
function seesNames(request: FastifyRequest): boolean {
  const { viewer } = request;
  return viewer !== null && !viewer.mustChangePassword && may(viewer.appointments, 'village.read', villageOf(request));
}

export const journalRoutes: Routes = async (app, { db }) => {
  app.get('/villages/:village/acts', { config: { access: 'everybody' } }, async (request, reply) => {
    const { villageId, code } = villageOf(request);
    const { kind, month, year, before, from } = actsQuery.parse(request.query);
    const unmasked = seesNames(request);
    const window = { kind, month, year, limit: PAGE_LENGTH + 1 };
    const [found, months] = await Promise.all([
      readActs(db.sql, villageId, from === undefined ? { ...window, before } : { ...window, from }, unmasked),
      recordedMonths(db.sql, villageId, MONTHS_OFFERED),
    ]);
    // One act more than fits tells whether there is another page in the direction of reading.
    const isMore = found.length > PAGE_LENGTH;
    const acts = from === undefined ? found.slice(0, PAGE_LENGTH) : found.slice(isMore ? 1 : 0);
    return reply.page(
      <ActsPage
        acts={acts}
        actsHref={`/villages/${code}/acts`}
        kinds={ACT_KINDS}
        months={months}
        filter={{ kind, month, year }}
        hasNewer={from === undefined ? before !== undefined : isMore}
        hasOlder={from === undefined ? isMore : from > 0}
      />,
    );
  });

  app.get('/villages/:village/acts/:seq', { config: { access: 'everybody' } }, async (request, reply) => {
    const village = villageOf(request);
    const { seq } = request.params as { seq: string };
    const number = /^\d{1,15}$/.test(seq) ? Number(seq) : -1;
    const unmasked = seesNames(request);
    const [act, next] = await Promise.all([
      actBySeq(db.sql, village.villageId, number, unmasked),
      actBySeq(db.sql, village.villageId, number + 1, false),
    ]);
    if (!act) return reply.refuse({ refused: 'unknown_act' });
    const photos = unmasked ? await shownPhotos(db.sql, village, photosOf(act)) : new Map();
    const { viewer } = request;
    const mayReverse = viewer !== null && may(viewer.appointments, 'act.reverse', village);
    const villageHref = `/villages/${village.code}`;
    return reply.page(
      <ActPage
        act={act}
        kind={kindOf(act.type)}
        recordedDay={villageDay(act.recordedAt)}
        recordedTime={villageTime(act.recordedAt)}
        leafHashHex={act.leafHash.toString('hex')}
        actsHref={`${villageHref}/acts`}
        hasNewer={next !== null}
        photos={[...photos.values()]}
        operationHref={unmasked ? operationHref(act, villageHref) : undefined}
        reverseHref={mayReverse && isReversible(act) ? `${villageHref}/reversals/new?seq=${act.seq}` : undefined}
      />,
    );
  });
};

/** Below which address an operation has a page of its own. */
const RESULT_PATHS: Partial<Record<Act['type'], string>> = {
  'points.award': 'awards',
  'points.deduct': 'awards',
  'points.redeem': 'redemptions',
  'points.reverse': 'reversals',
  'points.expire': 'expiries',
  'points.transfer': 'household-changes',
  'points.return': 'household-changes',
  'account.freeze': 'household-changes',
  'account.unfreeze': 'household-changes',
  'account.close': 'household-changes',
  'card.recall': 'household-changes',
  'card.replace': 'household-changes',
  'household.split': 'household-changes',
  'household.merge': 'household-changes',
  'household.leave': 'household-changes',
  'household.join': 'household-changes',
  'household.correct': 'household-changes',
  'stock.in': 'receipts',
  'stock.reverse': 'reversals',
};

/** Below which address what an act is about has its page, and the fact that names it. */
const SUBJECT_PATHS: Partial<Record<Act['type'], readonly [path: string, fact: string]>> = {
  'goods.add': ['shelf', 'item'],
  'goods.rename': ['shelf', 'item'],
  'goods.price': ['shelf', 'item'],
  'goods.terms': ['shelf', 'item'],
  'goods.restrict': ['shelf', 'item'],
  'rule.change': ['rules', 'rule'],
};

/** The page that says more about an act, where there is one. */
function operationHref(
  { type, subject, seq, reversesSeq, operationId, published, facts }: Act,
  villageHref: string,
): string | undefined {
  if (published) return `${villageHref}/publications/${published.month}/${published.version}`;
  if (type === 'rate.change') return `${villageHref}/rate`;
  if (subject === 'points.hold') return `${villageHref}/reservations/${reversesSeq ?? seq}`;
  const result = RESULT_PATHS[type];
  if (result) return `${villageHref}/${result}/${operationId}`;
  const [path, fact = ''] = SUBJECT_PATHS[type] ?? [];
  return path && `${villageHref}/${path}/${String(facts[fact])}`;
}

const REVERSIBLE: ReadonlySet<Act['type']> = new Set([
  'points.award',
  'points.deduct',
  'points.redeem',
  'points.expire',
  'stock.in',
]);

function isReversible({ type, reversedBySeq }: Act): boolean {
  return reversedBySeq === null && REVERSIBLE.has(type);
}
