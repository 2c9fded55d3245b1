import { groupsWithHouseholds } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** A village as the public list shows it. */
export interface ListedVillage {
  code: string;
  name: string;
  township: { code: string; name: string };
  county: { code: string; name: string };
  householdCount: number;
  /** Kinds of goods that are there to be exchanged now. */
  goodsKindCount: number;
  publishedMonthCount: number;
}

/** All villages in the order of their codes, with a few figures each: one query, however many there are. */
export async function villageDirectory(sql: Reader, today: string): Promise<ListedVillage[]> {
  return sql<ListedVillage[]>`
    with homes as (
      select village_id, count(*)::integer as household_count
        from account
       where kind = 'spendable'
         and status <> 'closed'
       group by village_id
    ), shelves as (
      select village_id, count(distinct goods_id)::integer as goods_kind_count
        from stock_lot
       where quantity_on_hand > 0
         and (use_by is null or use_by >= ${today})
       group by village_id
    ), published as (
      select village_id, count(*)::integer as published_month_count
        from closed_period
       group by village_id
    )
    select village.code,
           village.name,
           jsonb_build_object('code', township.code, 'name', township.name) as township,
           jsonb_build_object('code', county.code, 'name', county.name) as county,
           coalesce(household_count, 0) as "householdCount",
           coalesce(goods_kind_count, 0) as "goodsKindCount",
           coalesce(published_month_count, 0) as "publishedMonthCount"
      from region as village
      join region as township
        on township.region_id = village.parent_id
      join region as county
        on county.region_id = township.parent_id
      left join homes
        on homes.village_id = village.region_id
      left join shelves
        on shelves.village_id = village.region_id
      left join published
        on published.village_id = village.region_id
     where village.level = 'village'
     order by village.code`;
}

/** What the public page of one village says about it. */
export interface VillageProfile {
  groups: { name: string; householdCount: number }[];
  openCardCount: number;
  goodsKindCount: number;
  /** The newest published months first, each with its newest version. */
  published: { month: string; version: number }[];
  actCount: number;
  openingCentipoints: number;
  fenPerPoint: number;
}

export async function villageProfile(sql: Reader, villageId: number, today: string): Promise<VillageProfile> {
  const [profile] = await sql<VillageProfile[]>`
    select coalesce((
             select jsonb_agg(jsonb_build_object('name', name, 'householdCount', household_count) order by position)
               from (
                 select villager_group.name,
                        villager_group.position,
                        count(account.account_id) as household_count
                   from ${groupsWithHouseholds(sql)}
                  where villager_group.village_id = village_terms.village_id
                  group by villager_group.village_id, villager_group.group_id
               ) as groups
           ), '[]') as groups,
           (
             select count(*)::integer
               from account
              where account.village_id = village_terms.village_id
                and kind = 'spendable'
                and status = 'active'
           ) as "openCardCount",
           (
             select count(distinct goods_id)::integer
               from stock_lot
              where stock_lot.village_id = village_terms.village_id
                and quantity_on_hand > 0
                and (use_by is null or use_by >= ${today})
           ) as "goodsKindCount",
           coalesce((
             select jsonb_agg(jsonb_build_object('month', month, 'version', version) order by month desc)
               from (
                 select month, max(version) as version
                   from publication
                  where publication.village_id = village_terms.village_id
                  group by month
                  order by month desc
                  limit 3
               ) as newest
           ), '[]') as published,
           coalesce((select size from log_head where log_head.village_id = village_terms.village_id), 0) as "actCount",
           opening_centipoints as "openingCentipoints",
           fen_per_point as "fenPerPoint"
      from village_terms
     where village_id = ${villageId}`;
  if (!profile) throw new Error(`village ${villageId} has no ledger`);
  return profile;
}
