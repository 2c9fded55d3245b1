import { uncheckedLots } from '../goods/index.ts';
import { isHolding } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';

export const OPEN_ITEM_KINDS = ['reservation', 'claim', 'objection', 'receipt', 'proposal', 'wish', 'problem'] as const;

/** Something that the successor takes over unfinished. */
export interface OpenItem {
  kind: (typeof OPEN_ITEM_KINDS)[number];
  /** The act in which it began; null for what no act has told yet. */
  seq: number | null;
  since: string;
  /** A word that says which one; empty where that is nobody's business. */
  what: string;
  /** Of a problem, where the list is shown: its number among the village's problems. */
  problem?: number;
}

/** 未了事项: what waits in the village today, the oldest of each kind first. */
export async function openItems(sql: Reader, villageId: number): Promise<OpenItem[]> {
  return sql<OpenItem[]>`
    select kind,
           seq,
           since,
           coalesce(what, '') as what
      from (
        select 'reservation' as kind,
               act.seq,
               act.occurred_on as since,
               (
                 select string_agg(goods.name, '、' order by goods.code)
                   from jsonb_to_recordset(act.facts -> 'goods') as line(code text)
                   join goods
                     on goods.village_id = act.village_id
                    and goods.code = line.code
               ) as what
          from act
         where act.village_id = ${villageId}
           and ${isHolding(sql)}
         union all
        select 'claim' as kind,
               claim.submitted_seq as seq,
               act.occurred_on as since,
               rule_version.name as what
          from claim
          join act
            on act.village_id = claim.village_id
           and act.seq = claim.submitted_seq
          left join rule_version
            on rule_version.village_id = claim.village_id
           and rule_version.code = claim.rule
           and rule_version.version = claim.version
         where claim.village_id = ${villageId}
           and claim.state not in ('cleared', 'withdrawn', 'upheld')
         union all
        select 'objection',
               filed_seq,
               filed_on,
               rule_version.name
          from objection
          join claim
            on claim.village_id = objection.village_id
           and claim.claim_id = objection.claim_id
          left join rule_version
            on rule_version.village_id = claim.village_id
           and rule_version.code = claim.rule
           and rule_version.version = claim.version
         where objection.village_id = ${villageId}
           and objection.outcome is null
         union all
        select 'receipt',
               unchecked.seq,
               unchecked.occurred_on,
               string_agg(goods.name, '、' order by goods.code)
          from ${uncheckedLots(sql, villageId)} as unchecked
          join goods
            on goods.village_id = ${villageId}
           and goods.goods_id = unchecked.goods_id
         group by unchecked.seq, unchecked.occurred_on
         union all
        select 'proposal',
               null,
               (goods_proposal.proposed_at at time zone 'Asia/Shanghai')::date,
               goods.name
          from goods_proposal
          join goods
            on goods.village_id = goods_proposal.village_id
           and goods.goods_id = goods_proposal.goods_id
         where goods_proposal.village_id = ${villageId}
           and goods_proposal.state = 'open'
         union all
        select 'wish',
               seq,
               occurred_on,
               null
          from (
            select distinct on (facts ->> 'wish') type, seq, occurred_on
              from act
             where village_id = ${villageId}
               and type in ('wish.open', 'wish.claim', 'wish.release', 'wish.decline', 'wish.deliver', 'wish.close')
             order by facts ->> 'wish', seq desc
          ) as wish
         where type = 'wish.claim'
         union all
        select 'problem',
               seq,
               occurred_on,
               null
          from act as found
         where village_id = ${villageId}
           and type = 'problem.find'
           and not exists (
             select
               from act as closing
              where closing.village_id = found.village_id
                and closing.type = 'problem.close'
                and (closing.facts ->> 'problem')::bigint = found.seq
           )
      ) as item
     order by array_position(${[...OPEN_ITEM_KINDS]}::text[], kind), since, seq`;
}
