import type { Reader } from '../platform/database/db.ts';
import { likeText } from '../platform/database/like-text.ts';
import { initialsInGroup, spellings } from '../platform/spellings.ts';
import { cardColumns, type HouseholdCard, householdTables } from './household-card.ts';

export interface CardSearch {
  /**
   * Name, part of a name, pinyin, initials (with the place of the group behind them), card number or its tail, phone tail, group, a
   * scanned card; empty finds all.
   */
  query: string;
  /** Only the households of this group. */
  groupId?: number | undefined;
  limit: number;
  offset?: number;
}

/** See findCardsOfEach. */
export async function findCards(
  sql: Reader,
  villageId: number,
  { query, ...window }: CardSearch,
): Promise<HouseholdCard[]> {
  const [found = []] = await findCardsOfEach(sql, villageId, [query], window);
  return found;
}

/**
 * For each of several queries the best match first: the whole number, then the name, then initials, then anything that holds the words;
 * of several that fit as well, whoever comes most often. Letters that fit nobody so are read as a name that was shortened in another
 * way. One look at the database for all of them, and one more for such letters.
 */
export async function findCardsOfEach(
  sql: Reader,
  villageId: number,
  queries: readonly string[],
  { groupId, limit, offset = 0 }: Omit<CardSearch, 'query'>,
): Promise<HouseholdCard[][]> {
  if (queries.length === 0) return [];
  const asked = queries.map((query, place) => ({ place, ...readQuery(query) }));
  const rows = await sql<PlacedCard[]>`
    select asked.place, found.*
      from jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb)
        as asked(
             place integer,
             text text,
             token text,
             part text,
             initials text,
             start text,
             "groupPosition" integer,
             "phoneTail" text
           )
     cross join lateral (
       select ${cardColumns(sql)},
              row_number() over (
                order by (card.number = asked.text) desc,
                         (right(card.number, length(asked.text)) = asked.text) desc,
                         (household.head_name = asked.text) desc,
                         (household.initials = asked.initials) desc,
                         (household.initials like asked.start) desc,
                         case when asked.initials ~ '^[a-z]+$' then account.last_n else 0 end desc,
                         villager_group.position,
                         household.pinyin,
                         card.number
              ) as rank
         ${householdsIn(sql, villageId, groupId)}
          and (
            (asked.text = '' and account.status <> 'closed')
            or (card.token = asked.token and card.recalled_at is null)
            or card.number like asked.part
            or household.head_name like asked.part
            or (
              (household.initials like asked.start or household.pinyin like asked.start)
              and villager_group.position = coalesce(asked."groupPosition", villager_group.position)
            )
            or household.phone like asked."phoneTail"
            or villager_group.name = asked.text
          )
        order by rank
        limit ${limit}
       offset ${offset}
     ) as found
     order by asked.place, found.rank`;
  const found = byPlace(rows, queries.length);
  const letters = asked.filter(({ place }) => offset === 0 && found[place]?.length === 0);
  const spelled = await findSpelled(sql, villageId, letters, { groupId, limit });
  for (const { place } of letters) found[place] = spelled[place] ?? [];
  return found;
}

/** Of the village, or of one group. */
const householdsIn = (sql: Reader, villageId: number, groupId: number | undefined) => sql`
  from ${householdTables(sql)}
 where household.village_id = ${villageId}
   and (${groupId ?? null}::integer is null or household.group_id = ${groupId ?? null})`;

type PlacedCard = HouseholdCard & { place: number; rank: number };

function byPlace(rows: readonly PlacedCard[], count: number): HouseholdCard[][] {
  const found: HouseholdCard[][] = Array.from({ length: count }, () => []);
  for (const { place, rank: _, ...card } of rows) found[place]?.push(card);
  return found;
}

/** What was typed, and how it is looked for. */
function readQuery(query: string) {
  const typed = query.normalize('NFKC').trim();
  const text = typed.toLowerCase().replaceAll(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '');
  const { initials, groupPosition } = initialsInGroup(text) ?? { initials: text, groupPosition: null };
  return {
    text,
    token: tokenIn(typed),
    part: `%${likeText(text)}%`,
    initials,
    start: `${likeText(initials)}%`,
    groupPosition,
    phoneTail: /^\d{4,}$/.test(text) ? `%${text}` : null,
  };
}

async function findSpelled(
  sql: Reader,
  villageId: number,
  asked: readonly { place: number; text: string }[],
  { groupId, limit }: Pick<CardSearch, 'groupId' | 'limit'>,
): Promise<HouseholdCard[][]> {
  const spelled = asked.flatMap(({ place, text }) => spellings(text).map((spelling) => ({ place, ...spelling })));
  if (spelled.length === 0) return [];
  const rows = await sql<PlacedCard[]>`
    with spelling as (
      select place, initials, pinyin
        from jsonb_to_recordset(${JSON.stringify(spelled)}::text::jsonb) as read(place integer, initials text, pinyin text)
    )
    select asked.place, found.*
      from (
        select place, array_agg(initials) as initials
          from spelling
         group by place
      ) as asked
     cross join lateral (
       select ${cardColumns(sql)},
              row_number() over (
                order by (household.initials = any(asked.initials)) desc,
                         account.last_n desc,
                         villager_group.position,
                         household.pinyin,
                         card.number
              ) as rank
         ${householdsIn(sql, villageId, groupId)}
          and exists (
            select
              from spelling
             where spelling.place = asked.place
               and starts_with(household.initials, spelling.initials)
               and household.pinyin ~ spelling.pinyin
          )
        order by rank
        limit ${limit}
     ) as found
     order by asked.place, found.rank`;
  return byPlace(rows, Math.max(...asked.map(({ place }) => place)) + 1);
}

/** The token in what a scanner typed: the address in a card's QR, or its last part alone. */
function tokenIn(text: string): string | null {
  return /(?:\/C\/|^)([A-Z2-9]{26})(?:[/?#].*)?$/i.exec(text)?.[1]?.toUpperCase() ?? null;
}
