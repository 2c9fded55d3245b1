import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { HouseholdPage, type HouseholdPageProps } from '../../views/cards/household-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { Notice } from '../../views/shared/notice.tsx';
import { villageTerms } from '../ledger/index.ts';
import { lastViews, may, recordPersonalView, viewerOf, villageOf } from '../people/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { refusalNotice } from '../platform/http/form-answer.tsx';
import { lastOf, rowNumber } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { formatPoints } from '../platform/points.ts';
import { spendableOf, unspendableOf } from '../settings/index.ts';
import { cardPin } from './card-pin.ts';
import { decideErasure } from './decide-erasure.ts';
import type { HonoursOf } from './honour-line.ts';
import { cardByNumber, formerCard, type HouseholdCard } from './household-card.ts';
import { type HouseholdChangeKind, vacancyEnd } from './household-change.ts';
import { membersOf } from './members.ts';
import { passbook } from './passbook.ts';
import type { CardsServices, PendingOf } from './pending-line.ts';

const PASSBOOK_PAGE = 50;
const LAST_VIEWS = 8;

const householdQuery = z.object({
  before: z.preprocess(lastOf, rowNumber).optional().catch(undefined),
  done: z.preprocess(lastOf, z.string().optional()),
});

/** One household for those who run and watch the shop. */
export const householdRoutes: FastifyPluginAsyncZod<CardsServices> = async (
  app,
  { db: { sql }, pendingOf, honoursOf },
) => {
  app.get(
    '/villages/:village/cards/:number',
    {
      config: { access: 'village.read' },
      schema: { params: villageParams.extend({ number: z.string().max(20) }), querystring: householdQuery },
    },
    (request, reply) => {
      const { before, done } = request.query;
      const { number } = request.params;
      return drawHousehold(request, reply, sql, { number, beforeN: before, done, pendingOf, honoursOf });
    },
  );
};

/** The page of one household; also the answer to a press that was refused. */
export async function drawHousehold(
  request: FastifyRequest,
  reply: FastifyReply,
  sql: Reader,
  { number, beforeN, done, refusal, pendingOf, honoursOf }: DrawnHousehold,
): Promise<FastifyReply> {
  const { villageId, code } = villageOf(request);
  const card = await cardByNumber(sql, villageId, number);
  if (!card) {
    const former = await formerCard(sql, { villageId, number });
    if (!former) return reply.refuse({ refused: 'no_such_card', number });
    // The history stays with the household, under its number of today.
    return reply.redirect(`/villages/${code}/cards/${former.currentNumber}`, 303);
  }
  const { householdId } = card;
  const viewer = viewerOf(request);
  await recordPersonalView(sql, { ...viewer, villageId, householdId, kind: 'page' });
  const [lines, terms, views, pin, pending, honours, unspendable, members] = await Promise.all([
    passbook(sql, { villageId, accountId: card.accountId, beforeN, limit: PASSBOOK_PAGE + 1 }),
    villageTerms(sql, villageId),
    lastViews(sql, { villageId, householdId, limit: LAST_VIEWS }),
    cardPin(sql, { villageId, householdId, today: request.today }),
    pendingOf?.({ villageId, accountId: card.accountId, today: request.today }) ?? [],
    honoursOf?.(villageId, card.accountId) ?? { stars: 0, honours: [] },
    unspendableOf(sql, { villageId, accountId: card.accountId, today: request.today }),
    membersOf(sql, villageId, [householdId]),
  ]);
  const mayChange = may(viewer.appointments, 'card.open', villageOf(request));
  const mayChangeHousehold = may(viewer.appointments, 'household.change', villageOf(request));
  const vacancyEndsOn = vacancyEnd(card.vacatedOn, terms);
  const keptUntil = vacancyEndsOn !== null && request.today < vacancyEndsOn ? vacancyEndsOn : null;
  const href = `/villages/${code}/cards/${number}`;
  if (refusal) reply.code(refusalStatus(refusal));
  return reply.page(
    <HouseholdPage
      household={{ ...card, spendableCentipoints: spendableOf(card.balanceCentipoints, unspendable), unspendable }}
      members={members}
      views={views}
      pending={pending}
      honours={honours}
      pin={pin}
      pinHref={card.status !== 'closed' && card.vacatedOn === null && mayChangeHousehold ? `${href}/pin` : undefined}
      mayChange={mayChange}
      changes={mayChangeHousehold ? changesOf(card, { isNamed: members.length > 0, isKept: keptUntil !== null }) : []}
      keptUntil={keptUntil}
      eraseHref={
        may(viewer.appointments, 'county.administer', villageOf(request)) && decideErasure(number, card) === null
          ? `${href}/erasure`
          : undefined
      }
      opening={
        mayChange && card.status === 'registered'
          ? { idempotencyKey: newIdempotencyKey(), openingCentipoints: terms.openingCentipoints }
          : undefined
      }
      entries={lines.slice(0, PASSBOOK_PAGE)}
      olderHref={lines.length > PASSBOOK_PAGE ? `${href}?before=${lines[PASSBOOK_PAGE - 1]?.n}` : undefined}
      newestHref={beforeN === undefined ? undefined : href}
      notice={noticeFor(request, card, done, refusal)}
    />,
  );
}

/** What can be done with a card and its household as they stand. */
function changesOf(
  { status, isRecalled, vacatedOn }: HouseholdCard,
  { isNamed, isKept }: { isNamed: boolean; isKept: boolean },
): HouseholdChangeKind[] {
  if (status === 'closed') return [];
  if (vacatedOn !== null) return isKept ? ['merger'] : ['merger', 'settlement'];
  const people = ['naming', ...(isNamed ? (['correction'] as const) : []), 'arrival', 'departure'] as const;
  if (status === 'registered') return ['replacement', 'merger', ...people];
  if (isRecalled) return ['replacement', ...people];
  if (status === 'frozen') return ['unfreezing', 'recall', 'replacement', ...people];
  return ['freezing', 'replacement', 'recall', 'split', 'merger', ...people];
}

interface DrawnHousehold {
  number: string;
  beforeN?: number | undefined;
  /** Left out where the card is new and nothing can wait. */
  pendingOf?: PendingOf | undefined;
  honoursOf?: HonoursOf | undefined;
  /** What has just been done, by the address that a form led to. */
  done?: string | undefined;
  refusal?: Refusal | undefined;
}

function noticeFor(
  { locale }: FastifyRequest,
  card: HouseholdCard,
  done: string | undefined,
  refusal: Refusal | undefined,
): HouseholdPageProps['notice'] {
  const t = translate(locale);
  const { headName: name, number, balanceCentipoints } = card;
  if (refusal) {
    return refusalNotice({ locale }, refusal);
  }
  if (done === 'registered') return <Notice kind="success">{t('cards.one.registered', { name, number })}</Notice>;
  const pinDone = (['set', 'remove', 'unlock'] as const).find((step) => done === `pin_${step}`);
  if (pinDone) return <Notice kind="success">{t(`cards.pin.done.${pinDone}`)}</Notice>;
  if (done !== 'opened' || card.status === 'registered') return undefined;
  return <Notice kind="success">{t('cards.one.opened', { name, points: formatPoints(balanceCentipoints) })}</Notice>;
}
