import { householdOfAccount, type NameLevel, nameLevelOf, showName } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { villageSettings } from '../settings/index.ts';
import { starsOf } from './decide-honour.ts';
import type { HonourKind } from './honour-kinds.ts';
import { type Round, rounds } from './rounds.ts';

/** 光荣榜: households that have honours, with names as the village shows them. */
export interface HonouredHousehold {
  name: string;
  groupName: string;
  honourCentipoints: number;
  stars: number;
  honours: { kind: HonourKind; day: string; seq: number }[];
}

export interface HonourBoard {
  households: HonouredHousehold[];
  /** The newest comes first. */
  rounds: Round[];
}

interface HolderRow {
  pseudonym: string;
  name: string;
  groupName: string;
  cardNumber: string;
  nameLevel: NameLevel;
  honourCentipoints: number;
}

/** For everybody: who was honoured and did not lose the honour again, or has honour points otherwise, the most stars first. */
export async function honourBoard(
  sql: Reader,
  { villageId, centipointsAStar }: { villageId: number; centipointsAStar: number },
): Promise<HonourBoard> {
  const [all, holders] = await Promise.all([
    rounds(sql, villageId),
    sql<HolderRow[]>`
      select account.pseudonym,
             household.head_name as name,
             villager_group.name as "groupName",
             card.number as "cardNumber",
             ${nameLevelOf(sql, villageId)} as "nameLevel",
             coalesce(honor.balance_centipoints, 0) as "honourCentipoints"
        from account
             ${householdOfAccount(sql)}
        left join account as honor
          on honor.village_id = account.village_id
         and honor.holder_id = account.holder_id
         and honor.kind = 'honor'
       where account.village_id = ${villageId}
         and account.kind = 'spendable'
         and honor.account_id is not null`,
  ]);
  const households = holders.map(({ pseudonym, cardNumber, nameLevel, name, ...holder }) => ({
    ...holder,
    name: showName(name, nameLevel, cardNumber.slice(-4)),
    stars: starsOf(holder.honourCentipoints, centipointsAStar),
    honours: honoursOf(all, pseudonym),
  }));
  return {
    households: households
      .filter(({ honours, honourCentipoints }) => honours.length > 0 || honourCentipoints > 0)
      .sort((one, other) => other.honourCentipoints - one.honourCentipoints || order(one).localeCompare(order(other))),
    rounds: all.toReversed(),
  };
}

function order({ honours }: HonouredHousehold): string {
  return honours[0]?.day ?? '';
}

function honoursOf(all: readonly Round[], pseudonym: string) {
  return all.flatMap(({ kind, nominations }) =>
    nominations.flatMap(({ pseudonym: whose, honour }) =>
      whose === pseudonym && honour && !honour.withdrawn ? [{ kind, day: honour.day, seq: honour.seq }] : [],
    ),
  );
}

/** The same for one household, for its own pages. Most have none, so the rounds are read only for those who do. */
export async function householdHonours(
  sql: Reader,
  { villageId, accountId }: { villageId: number; accountId: number },
): Promise<{ stars: number; honours: { kind: HonourKind; day: string }[] }> {
  const [own] = await sql<{ pseudonym: string; honourCentipoints: number }[]>`
    select account.pseudonym,
           honor.balance_centipoints as "honourCentipoints"
      from account
      join account as honor
        on honor.village_id = account.village_id
       and honor.holder_id = account.holder_id
       and honor.kind = 'honor'
     where account.village_id = ${villageId}
       and account.account_id = ${accountId}`;
  if (!own) return { stars: 0, honours: [] };
  const [all, settings] = await Promise.all([rounds(sql, villageId), villageSettings(sql, villageId)]);
  return {
    stars: starsOf(own.honourCentipoints, settings.honourStarCentipoints),
    honours: honoursOf(all, own.pseudonym),
  };
}
