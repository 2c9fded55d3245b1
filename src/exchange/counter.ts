import {
  cardByNumber,
  cardByToken,
  type FormerCard,
  findCards,
  formerCard,
  type HouseholdCard,
} from '../cards/index.ts';
import { pendingCentipoints } from '../claims/index.ts';
import { findGoods, type QuotaUse, quotaUse, type ShelfGoods, shelf } from '../goods/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { isSwitchedOn, type Unspendable, unspendableOf } from '../settings/index.ts';
import { addToBasket, type BasketEntry, takeStep } from './basket.ts';
import { type QuotaLeft, quotaLeft } from './decide-quota.ts';
import { readCode } from './read-code.ts';

/** What the counter's address says: who, what, and what was scanned or pressed just now. */
export interface CounterRequest {
  card?: string | undefined;
  entries: readonly BasketEntry[];
  step?: string | undefined;
  code?: string | undefined;
}

export interface Counter {
  household: HouseholdCard | null;
  /** What stays on its card; null where nobody is chosen. */
  unspendable: Unspendable | null;
  /** What its household may get and cannot spend yet. */
  pendingCentipoints: number;
  entries: readonly BasketEntry[];
  /** With how many the household may still fetch, once it is known and where there is a limit. */
  shelf: (ShelfGoods & { quota?: QuotaLeft })[];
  /** Several households or goods fit what was typed. */
  candidates: Candidates | null;
  /** What was scanned or typed and is not known here. */
  unknown:
    | {
        refused: 'unknown_code' | 'unknown_card' | 'card_of_another_village' | 'broken_card_link' | 'card_recalled';
        number: string;
      }
    | { refused: 'card_replaced'; number: string; currentNumber: string }
    | null;
}

interface Candidates {
  words: string;
  count: number;
  households: HouseholdCard[];
  goods: ShelfGoods[];
  /** There are more than these. */
  hasMore: boolean;
}

const MOST_HOUSEHOLDS = 8;
const MOST_GOODS = 12;

/** One step at the counter. The same address answers the same, so that refresh and Back add nothing. */
export async function counter(
  sql: Reader,
  village: { villageId: number; code: string },
  request: CounterRequest,
  today: string,
): Promise<Counter> {
  const found = await takeStepAt(sql, village, request, today);
  const { household } = found;
  if (!household) return found;
  const { accountId } = household;
  const { villageId } = village;
  const [shelf, unspendable, pending] = await Promise.all([
    withQuotas(sql, { villageId, accountId, today }, found.shelf),
    unspendableOf(sql, { villageId, accountId, today }),
    pendingCentipoints(sql, villageId, accountId),
  ]);
  return { ...found, shelf, unspendable, pendingCentipoints: pending };
}

/** Where the village holds to its limits: one query for all tiles, and none beside it. */
async function withQuotas(
  sql: Reader,
  { villageId, accountId, today }: { villageId: number; accountId: number; today: string },
  goods: readonly ShelfGoods[],
): Promise<Counter['shelf']> {
  const codes = goods.map(({ code }) => code);
  const used = await sql<QuotaUse[]>`
    select *
      from (${quotaUse(sql, { villageId, account: accountId, codes, today })}) as used
     where ${isSwitchedOn(sql, villageId, 'quotasHold')}`;
  const left = new Map(used.map(({ code, ...use }) => [code, quotaLeft(use)]));
  return goods.map((item) => {
    const quota = left.get(item.code);
    return quota ? { ...item, quota } : item;
  });
}

async function takeStepAt(
  sql: Reader,
  { villageId, code: villageCode }: { villageId: number; code: string },
  { card, entries, step, code }: CounterRequest,
  today: string,
): Promise<Counter> {
  const [goods, chosen] = await Promise.all([
    shelf(sql, villageId, today),
    card === undefined ? null : cardByNumber(sql, villageId, card),
  ]);
  const before: Counter = {
    household: chosen,
    unspendable: null,
    pendingCentipoints: 0,
    entries: step === undefined ? entries : takeStep(entries, step),
    shelf: goods,
    candidates: null,
    unknown: card !== undefined && !chosen ? await oldOrUnknown(sql, villageId, villageCode, card) : null,
  };
  const read = readCode(code ?? '');
  switch (read.kind) {
    case 'nothing':
      return before;
    case 'token': {
      const found = await cardByToken(sql, read.token);
      if (!found) {
        const former = await formerCard(sql, { token: read.token });
        if (!former) return { ...before, unknown: { refused: 'broken_card_link', number: '' } };
        const isOurs = former.villageId === villageId;
        return { ...before, unknown: isOurs ? refuseFormer(former) : unknownCard(former.number, villageCode) };
      }
      if (found.villageId !== villageId) return { ...before, unknown: unknownCard(found.number, villageCode) };
      return { ...before, household: found, unknown: null };
    }
    case 'card': {
      const found = await cardByNumber(sql, villageId, read.number);
      return found
        ? { ...before, household: found, unknown: null }
        : { ...before, unknown: await oldOrUnknown(sql, villageId, villageCode, read.number) };
    }
    case 'barcode': {
      const found = goods.find(({ barcode }) => barcode === read.barcode);
      return found ? withGoods(before, found, read.count) : { ...before, unknown: unknownCode(read.barcode) };
    }
    case 'words':
      return takeWords(sql, villageId, before, read);
  }
}

/** One fit is taken, several are offered. A full name is one fit, also where it begins a longer one. */
async function takeWords(
  sql: Reader,
  villageId: number,
  before: Counter,
  { words, count }: { words: string; count: number },
): Promise<Counter> {
  const query = words.replace(/(\p{Script=Han})\s+(?=\p{Script=Han})/gu, '$1');
  const found = await findCards(sql, villageId, { query, limit: MOST_HOUSEHOLDS + 1 });
  const named = found.filter(({ headName }) => headName === query);
  const households = named.length > 0 ? named : found;
  const goods = findGoods(before.shelf, query);
  const [household] = households;
  const [item] = goods;
  if (household && households.length === 1 && !item) return { ...before, household, unknown: null };
  if (item && goods.length === 1 && !household) return withGoods(before, item, count);
  if (!item && !household) return { ...before, unknown: unknownCode(words) };
  const candidates = {
    words,
    count,
    households: households.slice(0, MOST_HOUSEHOLDS),
    goods: goods.slice(0, MOST_GOODS),
    hasMore: households.length > MOST_HOUSEHOLDS || goods.length > MOST_GOODS,
  };
  return { ...before, candidates };
}

function withGoods(before: Counter, { code }: ShelfGoods, count: number): Counter {
  return { ...before, entries: addToBasket(before.entries, code, count) };
}

/** A number that was replaced says which one is good now. */
async function oldOrUnknown(
  sql: Reader,
  villageId: number,
  villageCode: string,
  number: string,
): Promise<Counter['unknown']> {
  const former = await formerCard(sql, { villageId, number });
  return former ? refuseFormer(former) : unknownCard(number, villageCode);
}

function refuseFormer({ why, number, currentNumber }: FormerCard): Counter['unknown'] {
  return why === 'replaced'
    ? { refused: 'card_replaced', number, currentNumber }
    : { refused: 'card_recalled', number };
}

function unknownCard(number: string, villageCode: string): Counter['unknown'] {
  return { refused: number.startsWith(villageCode.slice(-6)) ? 'unknown_card' : 'card_of_another_village', number };
}

function unknownCode(number: string): Counter['unknown'] {
  return { refused: 'unknown_code', number };
}
