import type { AccountStatus } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { type Read, readAlone, toRead } from '../platform/database/read-at-once.ts';

/** A household with its current card and its spendable points, as the counter and the award page need it. */
export interface HouseholdCard {
  householdId: number;
  accountId: number;
  /** The account's name in the public log. */
  pseudonym: string;
  number: string;
  headName: string;
  pinyin: string;
  initials: string;
  groupId: number;
  groupName: string;
  groupPosition: number;
  memberCount: number;
  phone: string | null;
  status: AccountStatus;
  balanceCentipoints: number;
  /** Number of the account's last entry. */
  lastN: number;
  /** The card was taken back: the number stays the household's, the QR opens nothing. */
  isRecalled: boolean;
  /** The day on which the last member left. */
  vacatedOn: string | null;
}

/** Of the tables below. */
export const cardColumns = (sql: Reader) => sql`
  household.household_id as "householdId",
  account.account_id as "accountId",
  account.pseudonym,
  card.number,
  household.head_name as "headName",
  household.pinyin,
  household.initials,
  household.group_id as "groupId",
  villager_group.name as "groupName",
  villager_group.position as "groupPosition",
  household.member_count as "memberCount",
  household.phone,
  account.status,
  account.balance_centipoints as "balanceCentipoints",
  account.last_n as "lastN",
  card.recalled_at is not null as "isRecalled",
  household.vacated_on as "vacatedOn"`;

/** Beside a household: its group and its current card. */
export const groupAndCard = (sql: Reader) => sql`
  join villager_group
    on villager_group.village_id = household.village_id
   and villager_group.group_id = household.group_id
  join card
    on card.village_id = household.village_id
   and card.household_id = household.household_id
   and card.ended_at is null`;

/** Households with their group, their spendable account and their current card. */
export const householdTables = (sql: Reader) => sql`
  household
  join account
    on account.village_id = household.village_id
   and account.holder_id = household.household_id
   and account.kind = 'spendable'
  ${groupAndCard(sql)}`;

/** Behind an account: the household that holds it, with its group and its current card. */
export const householdOfAccount = (sql: Reader) => sql`
  join household
    on household.village_id = account.village_id
   and household.household_id = account.holder_id
  ${groupAndCard(sql)}`;

/** Behind an entry: the same. */
export const householdOfEntry = (sql: Reader) => sql`
  join account
    on account.village_id = entry.village_id
   and account.account_id = entry.account_id
  ${householdOfAccount(sql)}`;

/** The cards with these numbers, in no particular order; a number that is missing from the answer is unknown here. */
export function cardsByNumber(sql: Reader, villageId: number, numbers: string[]): Promise<HouseholdCard[]> {
  return readAlone(cardsRead(sql, villageId, numbers));
}

export function cardsRead(sql: Reader, villageId: number, numbers: string[]): Read<HouseholdCard[]> {
  const query = sql<HouseholdCard[]>`
    select ${cardColumns(sql)}
      from ${householdTables(sql)}
     where household.village_id = ${villageId}
       and card.number = any(${numbers}::text[])`;
  return toRead(query, (cards) => [...cards]);
}

export async function cardByNumber(sql: Reader, villageId: number, number: string): Promise<HouseholdCard | null> {
  const [found] = await cardsByNumber(sql, villageId, [number]);
  return found ?? null;
}

/** A card as its QR opens it. */
export interface ShownCard extends HouseholdCard {
  token: string;
  villageId: number;
  /** How many acts the village has recorded: as long as it stays, nothing about the card has changed. */
  logSize: number;
}

/** The cards whose QR was opened: the token alone says which village and household. */
export async function cardsByToken(sql: Reader, tokens: string[]): Promise<Map<string, ShownCard>> {
  const rows = await sql<ShownCard[]>`
    select card.token, household.village_id as "villageId", log_head.size as "logSize", ${cardColumns(sql)}
      from ${householdTables(sql)}
      join log_head
        on log_head.village_id = household.village_id
     where card.token = any(${tokens}::text[])
       and card.recalled_at is null`;
  return new Map(rows.map((card) => [card.token, card]));
}

export async function cardByToken(sql: Reader, token: string): Promise<ShownCard | null> {
  return (await cardsByToken(sql, [token])).get(token) ?? null;
}

/** The long random token of a card, for its QR only. */
export async function cardToken(sql: Reader, villageId: number, number: string): Promise<string | null> {
  const [found] = await sql<{ token: string }[]>`
    select token
      from card
     where village_id = ${villageId}
       and number = ${number}
       and ended_at is null
       and recalled_at is null`;
  return found?.token ?? null;
}

/** Every household of a village that has not gone over into another or left, in the order of its groups and names, for lists to tick. */
export async function allCards(sql: Reader, villageId: number): Promise<HouseholdCard[]> {
  return sql<HouseholdCard[]>`
    select ${cardColumns(sql)}
      from ${householdTables(sql)}
     where household.village_id = ${villageId}
       and account.status <> 'closed'
     order by villager_group.position, household.pinyin, card.number`;
}

/** The number of the card behind each of these QR tokens, for the cards of this village that are in use. */
export async function cardNumbersByToken(
  sql: Reader,
  villageId: number,
  tokens: readonly string[],
): Promise<Map<string, string>> {
  if (tokens.length === 0) return new Map();
  const rows = await sql<{ token: string; number: string }[]>`
    select token, number
      from card
     where village_id = ${villageId}
       and token = any(${[...tokens]}::text[])
       and ended_at is null
       and recalled_at is null`;
  return new Map(rows.map(({ token, number }) => [token, number]));
}

/** A card that was given out once and opens nothing any more. */
export interface FormerCard {
  villageId: number;
  number: string;
  why: 'replaced' | 'recalled';
  /** The household's number of today. */
  currentNumber: string;
}

/** What became of the card with this number or this QR token; null for one that is in use or never was. */
export async function formerCard(
  sql: Reader,
  by: { villageId: number; number: string } | { token: string },
): Promise<FormerCard | null> {
  const isMeant =
    'token' in by
      ? sql`card.token = ${by.token}`
      : sql`card.village_id = ${by.villageId} and card.number = ${by.number} and card.ended_at is not null`;
  const [found] = await sql<FormerCard[]>`
    select card.village_id as "villageId",
           card.number,
           case when card.ended_at is null then 'recalled' else 'replaced' end as why,
           current_card.number as "currentNumber"
      from card
      join card as current_card
        on current_card.village_id = card.village_id
       and current_card.household_id = card.household_id
       and current_card.ended_at is null
     where ${isMeant}
       and (card.ended_at is not null or card.recalled_at is not null)`;
  return found ?? null;
}

/** The digits with which every card number of a village begins: the last six of its code. */
export function cardPrefix(sql: Reader, villageId: number): Promise<string> {
  return readAlone(cardPrefixRead(sql, villageId));
}

export function cardPrefixRead(sql: Reader, villageId: number): Read<string> {
  const query = sql<{ prefix: string }[]>`
    select right(code, 6) as prefix
      from region
     where region_id = ${villageId}`;
  return toRead(query, ([row]) => {
    if (!row) throw new Error(`there is no village ${villageId}`);
    return row.prefix;
  });
}
