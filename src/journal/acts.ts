/**
 * The village's public record as people read it. What only staff may see (full names, balances, reasons, whom a deduction or a
 * change of a household is about) is left out here, before anything can draw it, unless `unmasked` is asked for.
 */
import type { PendingQuery, Row } from 'postgres';
import { type NameLevel, nameLevelOf, showName } from '../cards/index.ts';
import { type ActType, goodsNameThen } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { type ActKind, typesOfKind } from './act-kinds.ts';

/** One act with everything that its sentence needs. A reversal carries the rule, goods and household of the act that it undoes. */
export interface Act {
  seq: number;
  id: string;
  type: ActType;
  /** The type of the act that this is about: the reversed one for a reversal, else its own. */
  subject: ActType;
  operationId: string;
  occurredOn: string;
  recordedAt: Date;
  /** Public facts, as in the leaf: what a reader may check, not what a sentence is made of. */
  facts: Record<string, unknown>;
  leafHash: Buffer;
  reversesSeq: number | null;
  reversedBySeq: number | null;
  amountCentipoints: number | null;
  ruleName: string | null;
  goods: ActGoods[];
  /** The one kind of goods that it is about. */
  itemName: string | null;
  /** Of goods that got another name with this act. */
  formerName: string | null;
  source: { kind: 'donation' | 'purchase'; name: string } | null;
  /** What a publication published. */
  published: { month: string; version: number } | null;
  /** Masked for the public, who are told it only of acts that everybody sees in the shop anyway. */
  household: { name: string; groupName: string } | null;
  /** What staff see besides; null for the public. */
  internal: ActInternals | null;
}

/** Openings, awards, honours and exchanges stand on the board with a masked name; deductions and what happens in a family do not. */
const NAMED: ReadonlySet<ActType> = new Set([
  'points.open',
  'points.award',
  'points.pend',
  'points.redeem',
  'honor.award',
  'honor.backfill',
]);

export interface ActGoods {
  code: string;
  name: string;
  spec: string;
  unit: string;
  quantity: number;
}

interface ActInternals {
  cardNumber: string | null;
  balanceAfterCentipoints: number | null;
  reason: string | null;
  note: string | null;
  proxyName: string | null;
  confirmedBy: string | null;
  /** Null where the household did it itself, from its card. */
  recordedBy: string | null;
}

export interface ActsWindow {
  /** Older than this number, newest first. */
  before?: number | undefined;
  /** From this number on; the oldest come first out of the record, but the answer is newest first all the same. */
  from?: number | undefined;
  kind?: ActKind | undefined;
  /** By the day on which it happened. */
  month?: string | undefined;
  /** The same of a whole year. */
  year?: string | undefined;
  limit: number;
}

/** A page of the record, newest first. */
export async function readActs(
  sql: Reader,
  villageId: number,
  { before, from, kind, month, year, limit }: ActsWindow,
  unmasked: boolean,
): Promise<Act[]> {
  const condition = sql`
    ${before === undefined ? sql`` : sql`and act.seq < ${before}`}
    ${from === undefined ? sql`` : sql`and act.seq >= ${from}`}
    ${kind === undefined ? sql`` : sql`and act.type = any(${[...typesOfKind(kind)]}::text[])`}
    ${month === undefined ? sql`` : inMonth(sql, month)}
    ${year === undefined ? sql`` : sql`and act.occurred_on between ${`${year}-01-01`} and ${`${year}-12-31`}`}`;
  const ascending = from !== undefined;
  const acts = await selectActs(sql, villageId, unmasked, {
    condition,
    order: ascending ? sql`act.seq` : sql`act.seq desc`,
    limit,
  });
  return ascending ? acts.reverse() : acts;
}

export async function actBySeq(sql: Reader, villageId: number, seq: number, unmasked: boolean): Promise<Act | null> {
  const condition = sql`and act.seq = ${seq}`;
  const [act] = await selectActs(sql, villageId, unmasked, { condition, order: sql`act.seq`, limit: 1 });
  return act ?? null;
}

/** All acts of one operation in order, with its kind; null when there is no such operation. */
export async function actsOfOperation(
  sql: Reader,
  villageId: number,
  operationId: string,
  unmasked: boolean,
): Promise<Act[]> {
  const condition = sql`and exists (
    select
      from operation
     where operation.village_id = ${villageId}
       and operation.operation_id = ${operationId}
       and act.seq between operation.first_seq and operation.first_seq + operation.act_count - 1
  )`;
  return selectActs(sql, villageId, unmasked, { condition, order: sql`act.seq`, limit: 10_000 });
}

/** The months in which anything happened, newest first. */
export async function recordedMonths(sql: Reader, villageId: number, limit: number): Promise<string[]> {
  const rows = await sql<{ month: string }[]>`
    select to_char(occurred_on, 'YYYY-MM') as month
      from act
     where village_id = ${villageId}
     group by month
     order by month desc
     limit ${limit}`;
  return rows.map(({ month }) => month);
}

interface Selection {
  condition: PendingQuery<Row[]>;
  order: PendingQuery<Row[]>;
  limit: number;
}

type ActRow = Omit<Act, 'household' | 'internal'> & {
  headName: string | null;
  groupName: string | null;
  nameLevel: NameLevel;
  internals: ActInternals;
};

/** One query for everything, however many acts: the entry, account, household, rule and goods of each are joined. */
async function selectActs(
  sql: Reader,
  villageId: number,
  unmasked: boolean,
  { condition, order, limit }: Selection,
): Promise<Act[]> {
  const rows = await sql<ActRow[]>`
    select act.seq,
           act.act_id as id,
           act.type,
           coalesce(original.type, act.type) as subject,
           act.operation_id as "operationId",
           act.occurred_on as "occurredOn",
           act.recorded_at as "recordedAt",
           act.facts,
           act.leaf_hash as "leafHash",
           act.reverses_seq as "reversesSeq",
           reversal.seq as "reversedBySeq",
           entry.amount_centipoints as "amountCentipoints",
           rule_version.name as "ruleName",
           coalesce(listed.goods, '[]') as goods,
           item.name || ' ' || item.spec as "itemName",
           case when act.type = 'goods.rename' then ${disclosed(sql, 'about_disclosure', 'was')} end as "formerName",
           case when about.facts ? 'source' then jsonb_build_object(
             'kind', about.facts ->> 'source',
             'name', coalesce(${disclosed(sql, 'about_disclosure', 'source')}, '')
           ) end as source,
           case when act.type = 'publication' then jsonb_build_object(
             'month', act.facts ->> 'month',
             'version', (act.facts ->> 'version')::integer
           ) end as published,
           household.head_name as "headName",
           ${nameLevelOf(sql, villageId)} as "nameLevel",
           villager_group.name as "groupName",
           jsonb_build_object(
             'cardNumber', card.number,
             'balanceAfterCentipoints', entry.balance_after_centipoints,
             'reason', ${disclosed(sql, 'disclosure', 'reason')},
             'note', ${disclosed(sql, 'disclosure', 'note')},
             'proxyName', ${disclosed(sql, 'disclosure', 'proxy')},
             'confirmedBy', ${disclosed(sql, 'disclosure', 'confirmedBy')},
             'recordedBy', person.display_name
           ) as internals
      from act
      left join act as original
        on original.village_id = act.village_id
       and original.seq = act.reverses_seq
      left join act as reversal
        on reversal.village_id = act.village_id
       and reversal.reverses_seq = act.seq
      left join person
        on person.person_id = act.recorded_by
     cross join lateral (
        select coalesce(original.facts, act.facts) as facts,
               coalesce(original.seq, act.seq) as seq
      ) as about
      left join disclosure
        on disclosure.village_id = act.village_id
       and disclosure.seq = act.seq
      left join disclosure as about_disclosure
        on about_disclosure.village_id = act.village_id
       and about_disclosure.seq = about.seq
      left join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
      left join account
        on account.village_id = act.village_id
       and account.account_id = coalesce(
             entry.account_id,
             (
               select named.account_id
                 from account as named
                where named.village_id = act.village_id
                  and named.pseudonym = act.facts ->> 'acct'
             )
           )
      left join household
        on household.village_id = account.village_id
       and household.household_id = account.holder_id
      left join villager_group
        on villager_group.village_id = household.village_id
       and villager_group.group_id = household.group_id
      left join card
        on card.village_id = household.village_id
       and card.household_id = household.household_id
       and card.ended_at is null
      left join rule_version
        on rule_version.village_id = act.village_id
       and rule_version.code = about.facts ->> 'rule'
       and rule_version.version = (about.facts ->> 'version')::integer
      left join lateral (
        select jsonb_agg(
                 jsonb_build_object(
                   'code', goods.code,
                   'name', ${goodsNameThen(sql)},
                   'spec', goods.spec,
                   'unit', goods.unit,
                   'quantity', (line.fact ->> 'quantity')::integer
                 ) order by line.position
               ) as goods
          from jsonb_array_elements(about.facts -> 'goods') with ordinality as line(fact, position)
          join goods
            on goods.village_id = act.village_id
           and goods.code = line.fact ->> 'code'
      ) as listed on true
      left join lateral (
        select ${goodsNameThen(sql)} as name, goods.spec
          from goods
         where goods.village_id = act.village_id
           and goods.code = about.facts ->> 'item'
      ) as item on true
     where act.village_id = ${villageId}
           ${condition}
     order by ${order}
     limit ${limit}`;
  return rows.map((row) => toAct(row, unmasked));
}

/** A field that an act disclosed, by its name: the openings are [salt, name, value]. */
function disclosed(sql: Reader, table: string, name: string) {
  return sql`(
    select opening ->> 2
      from jsonb_array_elements(${sql(table)}.openings) as opening
     where opening ->> 1 = ${name}
     limit 1
  )`;
}

function inMonth(sql: Reader, month: string) {
  const firstDay = `${month}-01`;
  return sql`and act.occurred_on >= ${firstDay}::date and act.occurred_on < ${firstDay}::date + interval '1 month'`;
}

function toAct({ headName, groupName, nameLevel, internals, ...act }: ActRow, unmasked: boolean): Act {
  const shown = (name: string) => showName(name, nameLevel, internals.cardNumber?.slice(-4) ?? '');
  const isNamed = headName !== null && (unmasked || NAMED.has(act.subject));
  return {
    ...act,
    household: isNamed ? { name: unmasked ? headName : shown(headName), groupName: groupName ?? '' } : null,
    internal: unmasked ? internals : null,
  };
}
