import { logSize } from '../auditlog/index.ts';
import {
  type ActType,
  type CarryOutRefusal,
  carryOut,
  drawPieces,
  type PostedOperation,
  type PostingAnswer,
  pointLots,
  villageTerms,
  type WriteOperation,
} from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { newPseudonym, newPublicToken } from '../platform/ids.ts';
import { nameSearchKeys } from '../platform/search-keys.ts';
import type { DecidedChange } from './decide-card-change.ts';
import { decideHouseholdChange, type HouseholdBasis } from './decide-household-change.ts';
import { followHonour } from './follow-honour.ts';
import { heldGoods } from './held-goods.ts';
import { cardPrefix, cardsByNumber, formerCard } from './household-card.ts';
import { type CardRows, type HouseholdChange, type HouseholdChangeRefusal, vacancyEnd } from './household-change.ts';
import { membersOf } from './members.ts';
import { villagerGroups } from './villager-groups.ts';

export interface HouseholdChangeInput {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  /** It counts for this day. */
  today: string;
  change: HouseholdChange;
}

/**
 * 户和卡的变动: freezing, unfreezing, recall, replacement, split, merger, departure, settlement, and who its members are. Households, cards and
 * acts are written together (change_household.sql). Like the counter it stays open when the month's record is already published.
 */
export async function changeHousehold(
  db: Db,
  { villageId, idempotencyKey, recordedBy, today, change }: HouseholdChangeInput,
): Promise<PostedOperation | HouseholdChangeRefusal | CarryOutRefusal> {
  const request = { villageId, kind: change.kind, idempotencyKey, request: requestOf(change), recordedBy } as const;
  return carryOut<HouseholdChangeRefusal>(db, request, async () => {
    const isMerger = change.kind === 'merger';
    // An honour that is given meanwhile must follow too.
    const expectedSize = isMerger ? await logSize(db.sql, villageId) : undefined;
    const decided = await previewHouseholdChange(db.sql, villageId, change, today);
    if ('refused' in decided) return decided;
    const moves = isMerger ? await honourMoves(db.sql, villageId, [change.card, change.into]) : [];
    return {
      acts: [...decided.acts, ...moves],
      occurredOn: today,
      isCorrection: true,
      write: writeChange(decided.rows),
      ...(expectedSize !== undefined && { expectedSize }),
    };
  });
}

/** Nobody chosen says nothing: two that say the same are the same. */
function requestOf(change: HouseholdChange) {
  if (change.kind !== 'split' && change.kind !== 'departure') return { ...change };
  const { members = [], ...rest } = change;
  return { ...rest, ...(members.length > 0 && { members }) };
}

async function honourMoves(sql: Reader, villageId: number, numbers: [from: string, into: string]) {
  const cards = new Map((await cardsByNumber(sql, villageId, numbers)).map((card) => [card.number, card]));
  const [from, into] = numbers.map((number) => cards.get(number));
  return from && into ? followHonour(sql, villageId, { from, into }) : [];
}

/** The same decision without the posting: who would hold what, or what stands against it. */
export async function previewHouseholdChange(
  sql: Reader,
  villageId: number,
  change: HouseholdChange,
  today: string,
): Promise<HouseholdChangeRefusal | DecidedChange> {
  const numbers = change.kind === 'merger' ? [change.card, change.into] : [change.card];
  const [prefix, cards, groups, terms, lastNumber] = await Promise.all([
    cardPrefix(sql, villageId),
    cardsByNumber(sql, villageId, numbers),
    villagerGroups(sql, villageId),
    villageTerms(sql, villageId),
    highestNumber(sql, villageId),
  ]);
  const byNumber = new Map(cards.map((card) => [card.number, card]));
  const missing = numbers.find((number) => !byNumber.has(number));
  if (missing !== undefined) return refuseUnknown(sql, villageId, prefix, missing);
  const card = byNumber.get(change.card);
  if (!card) throw new Error('the cards of the numbers were found');
  const [lots, members] = await Promise.all([
    pointLots(sql, villageId, terms, [card.accountId]),
    membersOf(
      sql,
      villageId,
      cards.map(({ householdId }) => householdId),
    ),
  ]);
  const into = change.kind === 'merger' ? (byNumber.get(change.into) ?? null) : null;
  const basis: HouseholdBasis = {
    today,
    card,
    members: members.filter(({ householdId }) => householdId === card.householdId),
    drawMember: newPseudonym,
    into,
    namedInto: members.filter(({ householdId }) => householdId === into?.householdId).length,
    groupName: (change.kind === 'split' && groups.find(({ groupId }) => groupId === change.groupId)?.name) || null,
    vacancyEndsOn: vacancyEnd(card.vacatedOn, terms),
    drawn: {
      number: `${prefix}${String(lastNumber + 1).padStart(4, '0')}`,
      token: newPublicToken(),
      pseudonym: newPseudonym(),
    },
    draw: (centipoints) => drawPieces(lots.get(card.accountId)?.lots ?? [], centipoints),
  };
  const decided = decideHouseholdChange(change, basis);
  if ('refused' in decided) return decided;
  const held = decided.effects.some(({ members }) => members === 0)
    ? await heldGoods(sql, villageId, card.accountId)
    : [];
  if (held.length > 0) return { refused: 'goods_held', number: card.number, count: held.length };
  if (!decided.acts.some(({ type }) => CLOSING.has(type))) return decided;
  const pendingCentipoints = await pendingBalance(sql, villageId, card.householdId);
  return pendingCentipoints === 0 ? decided : { refused: 'points_pending', number: card.number, pendingCentipoints };
}

const CLOSING: ReadonlySet<ActType> = new Set(['household.merge', 'account.close']);

/** On the account of what is in publicity. */
async function pendingBalance(sql: Reader, villageId: number, householdId: number): Promise<number> {
  const [pending] = await sql<{ centipoints: number }[]>`
    select balance_centipoints as centipoints
      from account
     where village_id = ${villageId}
       and holder_id = ${householdId}
       and kind = 'pending'`;
  return pending?.centipoints ?? 0;
}

async function refuseUnknown(
  sql: Reader,
  villageId: number,
  prefix: string,
  number: string,
): Promise<HouseholdChangeRefusal> {
  if (!number.startsWith(prefix)) return { refused: 'card_of_another_village', number };
  const former = await formerCard(sql, { villageId, number });
  return former
    ? { refused: 'card_replaced', number, currentNumber: former.currentNumber }
    : { refused: 'unknown_card', number };
}

/** Of the four digits that count the village's cards, replaced ones included: a number is never given twice. */
async function highestNumber(sql: Reader, villageId: number): Promise<number> {
  const [row] = await sql<{ highest: number }[]>`
    select coalesce(max(right(number, 4)::integer), 0) as highest
      from card
     where village_id = ${villageId}`;
  return row?.highest ?? 0;
}

/** See change_household.sql. */
export function writeChange({ newHousehold, newCard, households, ...rows }: CardRows): WriteOperation {
  const parameter = JSON.stringify({
    ...rows,
    ...(newHousehold && { newHousehold: { ...newHousehold, ...nameSearchKeys(newHousehold.headName) } }),
    ...(newCard && { newCard }),
    households: households.map((household) => ({
      ...household,
      ...(household.headName !== undefined && nameSearchKeys(household.headName)),
    })),
  });
  return (sql, villageId, operation) => sql<{ answer: PostingAnswer }[]>`
    select change_household(${villageId}, ${operation}::text::jsonb, ${parameter}::text::jsonb) as answer`;
}
