import { isReversed } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import type { PresenceBasis } from './decide-presence.ts';

/** With the size of the village's log: posted only at that size, two exchanges at once cannot both be the last that is allowed. */
export async function presenceBasis(
  sql: Reader,
  {
    villageId,
    recordedBy,
    today,
    accountId,
    proxyName = null,
  }: { villageId: number; recordedBy: number; today: string; accountId: number; proxyName: string | null | undefined },
): Promise<PresenceBasis & { logSize: number }> {
  const [found] = await sql<(PresenceBasis & { logSize: number })[]>`
    select (select display_name from person where person_id = ${recordedBy}) as "recorderName",
           (select size from log_head where village_id = ${villageId}) as "logSize",
           (
             select count(distinct entry.account_id)::integer
               from act
               join entry
                 on entry.village_id = act.village_id
                and entry.seq = act.seq
              where act.village_id = ${villageId}
                and act.type = 'points.redeem'
                and act.occurred_on = ${today}
                and act.facts ? 'proxy'
                and entry.account_id <> ${accountId}
                and exists (
                  select
                    from disclosure
                   cross join jsonb_array_elements(disclosure.openings) as opening
                   where disclosure.village_id = act.village_id
                     and disclosure.seq = act.seq
                     and opening ->> 1 = 'proxy'
                     and opening ->> 2 = ${proxyName}
                )
                and not ${isReversed(sql)}
           ) as "fetchedForOthers"`;
  if (!found) throw new Error('a query without a source of rows gave none');
  return found;
}
