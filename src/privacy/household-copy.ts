/**
 * 本户资料: everything that is held about one household, for that household itself. What names somebody else's household is left
 * out and said to be; so is the token of the card's QR, which is a key and not a fact.
 */
import { actTold, type PassbookLine } from '../cards/index.ts';
import { lastViews, type PersonalView } from '../people/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { ERASED_NAME } from '../platform/i18n/erased-name.ts';
import { actsAbout } from './acts-about.ts';
import { type CopiedMatters, copiedMatters } from './copied-matters.ts';

export interface HouseholdCopy extends CopiedMatters {
  household: CopiedHousehold;
  members: CopiedMember[];
  accounts: CopiedAccount[];
  /** In the order in which they were given out. */
  cards: CopiedCard[];
  /** Oldest first, from the number that was asked for. */
  acts: CopiedAct[];
  /** Who fetched goods for it, and who was there. */
  proxies: CopiedProxy[];
  /** Where the next part begins; null when this is the last. */
  nextSeq: number | null;
  /** Of the last 180 days, the newest first. */
  views: PersonalView[];
}

interface CopiedHousehold {
  headName: string;
  pinyin: string;
  initials: string;
  groupName: string;
  memberCount: number;
  phone: string | null;
  registeredAt: Date;
  vacatedOn: string | null;
  /** When digits for the counter were set; null where there are none. */
  pinSetAt: Date | null;
  /** Who it was has been forgotten on request. */
  isErased: boolean;
}

/** A person of it who is named, also one who has left. */
interface CopiedMember {
  name: string;
  /** The person's name in the public log. */
  pseudonym: string;
  leftOn: string | null;
}

interface CopiedAccount {
  kind: 'spendable' | 'pending' | 'honor' | 'gift';
  /** The account's name in the public log. */
  pseudonym: string;
  status: 'registered' | 'active' | 'frozen' | 'closed';
  balanceCentipoints: number;
}

export interface CopiedCard {
  number: string;
  issuedAt: Date;
  endedAt: Date | null;
  recalledAt: Date | null;
}

/** One act that is about the household, whether it moved points or not. */
export interface CopiedAct
  extends Omit<
    PassbookLine,
    'n' | 'amountCentipoints' | 'balanceAfterCentipoints' | 'note' | 'memberName' | 'proxyName' | 'confirmedBy'
  > {
  /** The act's name in the public log. */
  actId: string;
  /** What somebody did in one go, of which this act is a part. */
  kind: string;
  facts: Record<string, unknown>;
  leafHashHex: string;
  /** What the act holds of the household, with the salts that lead to the digests in its leaf. */
  openings: (readonly [salt: string, name: string, value: string])[];
  /** Null where no points moved. */
  n: number | null;
  amountCentipoints: number | null;
  balanceAfterCentipoints: number | null;
}

export interface CopiedProxy {
  seq: number;
  occurredOn: string;
  relation: NonNullable<PassbookLine['proxyRelation']>;
  name: string | null;
  confirmedBy: string | null;
}

export interface CopyOf {
  villageId: number;
  householdId: number;
  today: string;
  /** The first act of this part, by its number in the public record. */
  fromSeq?: number | undefined;
  limit: number;
}

/** More often than this within 180 days nobody is looked at. */
const MOST_VIEWS = 2_000;

/** Read in one snapshot, so that its parts agree. */
export async function householdCopy(
  { sql }: Db,
  { villageId, householdId, today, fromSeq = 0, limit }: CopyOf,
): Promise<HouseholdCopy> {
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    const about = { villageId, householdId };
    const [household, members, accounts, cards, acts, views, matters] = await Promise.all([
      copiedHousehold(tx, villageId, householdId),
      tx<CopiedMember[]>`
        select name,
               pseudonym,
               left_on as "leftOn"
          from household_member
         where village_id = ${villageId}
           and household_id = ${householdId}
         order by member_id`,
      tx<CopiedAccount[]>`
        select kind,
               pseudonym,
               status,
               balance_centipoints as "balanceCentipoints"
          from account
         where village_id = ${villageId}
           and holder_id = ${householdId}
         order by account_id`,
      tx<CopiedCard[]>`
        select number,
               issued_at as "issuedAt",
               ended_at as "endedAt",
               recalled_at as "recalledAt"
          from card
         where village_id = ${villageId}
           and household_id = ${householdId}
         order by issued_at, number`,
      copiedActs(tx, { ...about, fromSeq, limit: limit + 1 }),
      lastViews(tx, { villageId, householdId, limit: MOST_VIEWS, everyList: true }),
      copiedMatters(tx, about, today),
    ]);
    return {
      ...matters,
      household,
      members,
      accounts,
      cards,
      acts: acts.slice(0, limit),
      proxies: acts.slice(0, limit).flatMap(proxyOf),
      nextSeq: acts[limit]?.seq ?? null,
      views,
    };
  });
}

async function copiedHousehold(sql: Reader, villageId: number, householdId: number): Promise<CopiedHousehold> {
  const [found] = await sql<CopiedHousehold[]>`
    select household.head_name as "headName",
           household.pinyin,
           household.initials,
           villager_group.name as "groupName",
           household.member_count as "memberCount",
           household.phone,
           household.registered_at as "registeredAt",
           household.vacated_on as "vacatedOn",
           card_pin.set_at as "pinSetAt",
           household.head_name = ${ERASED_NAME} as "isErased"
      from household
      join villager_group using (village_id, group_id)
      left join card_pin using (village_id, household_id)
     where household.village_id = ${villageId}
       and household.household_id = ${householdId}`;
  if (!found) throw new Error(`there is no household ${householdId}`);
  return found;
}

type ActRow = CopiedAct & { isOwn: boolean };

function proxyOf({ seq, occurredOn, proxyRelation, openings }: CopiedAct): CopiedProxy[] {
  if (proxyRelation === null) return [];
  const said = (name: string) => openings.find(([, field]) => field === name)?.[2] ?? null;
  return [{ seq, occurredOn, relation: proxyRelation, name: said('proxy'), confirmedBy: said('confirmedBy') }];
}

/** What tells of other households too is told without their data. */
async function copiedActs(
  sql: Reader,
  { villageId, householdId, fromSeq, limit }: Omit<CopyOf, 'today'> & { fromSeq: number },
): Promise<CopiedAct[]> {
  const rows = await sql<ActRow[]>`
    with ${actsAbout(sql, { villageId, householdId })},
    about as (
      select seq, is_own
        from (
          select seq, true as is_own
            from own_act
           union all
          select seq, is_whole
            from beside_act
        ) as found
       where seq >= ${fromSeq}
       order by seq
       limit ${limit}
    )
    select act.seq,
           act.act_id as "actId",
           act.type,
           coalesce(original.type, act.type) as subject,
           operation.kind,
           act.facts,
           encode(act.leaf_hash, 'hex') as "leafHashHex",
           act.occurred_on as "occurredOn",
           act.recorded_at as "recordedAt",
           coalesce(person.display_name, '') as "recordedBy",
           act.reverses_seq as "reversesSeq",
           reversal.seq as "reversedBySeq",
           rule_version.name as "ruleName",
           rule_version.version as "ruleVersion",
           coalesce(taken.goods, '[]') as goods,
           act.facts ->> 'proxy' as "proxyRelation",
           coalesce(disclosure.openings, '[]') as openings,
           about.is_own as "isOwn",
           entry.n,
           entry.amount_centipoints as "amountCentipoints",
           entry.balance_after_centipoints as "balanceAfterCentipoints"
      from about
      join act
        on act.village_id = ${villageId}
       and act.seq = about.seq
      join operation
        on operation.village_id = act.village_id
       and operation.operation_id = act.operation_id
      left join person
        on person.person_id = act.recorded_by
      left join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
       and entry.account_id in (select account_id from own)
      left join disclosure
        on disclosure.village_id = act.village_id
       and disclosure.seq = act.seq
           ${actTold(sql)}
     order by act.seq`;
  return rows.map(({ isOwn, openings, ...act }) => ({
    ...act,
    openings: isOwn ? openings.filter(([, name]) => !OF_OTHERS.has(name)) : [],
  }));
}

/** In a split or merger these name the other household, whose data are its own. */
const OF_OTHERS: ReadonlySet<string> = new Set(['fromCard', 'fromHousehold', 'intoCard', 'intoHousehold']);
