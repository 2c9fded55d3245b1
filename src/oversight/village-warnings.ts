import { liftedUntil, waitingDays } from '../claims/index.ts';
import { dueHandovers } from '../handovers/index.ts';
import { isRestricted, type SolvencyVerdict } from '../ledger/index.ts';
import { type Role, staffBelow } from '../people/index.ts';
import { villageDay } from '../platform/clock.ts';
import type { Reader } from '../platform/database/db.ts';
import { problems } from '../problems/index.ts';
import { villageSettings } from '../settings/index.ts';
import { compareVillages } from './comparison.ts';
import { decideWarnings, type GoodsState, type LotState, type Warning } from './decide-warnings.ts';
import { givingState } from './giving-state.ts';
import { nameOf, openProblemOf } from './record-warning.ts';
import { shopState } from './shop-state.ts';
import { villageCheck } from './village-check.ts';

export interface OwnedWarning {
  warning: Warning;
  /** Who holds the role today, or stands in where nobody does; empty where nobody can. */
  people: string[];
  /** Its number in the problem ledger, where somebody put it there and nobody has closed it. */
  problem: number | null;
}

export interface VillageWarnings {
  warnings: OwnedWarning[];
  /** What the points that are promised are worth, and the goods and the money that stand against them. */
  promisedFen: number;
  goodsFen: number;
  moneyFen: number;
  solvency: SolvencyVerdict;
  /** Whether red stops new points here, and until when the township lets them be given all the same. */
  stop: { isOn: boolean; liftedUntil: string | null };
}

/** Worked out of the ledger anew each time. */
export async function villageWarnings(
  sql: Reader,
  { villageId, today }: { villageId: number; today: string },
): Promise<VillageWarnings> {
  const settings = await villageSettings(sql, villageId);
  const [compared, lots, goods, check, staff, shop, giving, waiting, lifted, known, handovers] = await Promise.all([
    compareVillages(sql, villageId, today),
    lotsOnHand(sql, villageId),
    goodsEverHad(sql, villageId, today),
    villageCheck(sql, villageId),
    staffBelow(sql, { regionId: villageId, today }),
    shopState(sql, villageId, settings),
    givingState(sql, { villageId, today }, settings),
    waitingDays(sql, villageId),
    liftedUntil(sql, villageId, today),
    problems(sql, villageId),
    dueHandovers(sql, { villageId, today }),
  ]);
  const [village] = compared;
  if (!village) throw new Error(`village ${villageId} has no figures`);
  const { risk, promisedFen, goodsFen, moneyFen, solvency } = village;
  const lastCheck = check.last && {
    finishedOn: villageDay(check.last.finishedAt),
    findings: check.last.findings.length,
  };
  const present = staff.filter(({ startsOn }) => startsOn <= today);
  const peopleOf = (role: Role) =>
    [role, ...STAND_INS]
      .map((one) => present.filter((member) => member.role === one).map(({ displayName }) => displayName))
      .find((names) => names.length > 0) ?? [];
  const claims = { ...waiting, ...settings };
  const found = decideWarnings({
    today,
    risk,
    lots,
    goods,
    lastCheck,
    shop,
    giving,
    claims,
    handovers,
    terms: settings,
  });
  return {
    warnings: found.map((warning) => ({
      warning,
      people: peopleOf(warning.owner),
      problem: openProblemOf(known, nameOf(warning))?.n ?? null,
    })),
    promisedFen,
    goodsFen,
    moneyFen,
    solvency,
    stop: { isOn: settings.redStopsAwards, liftedUntil: lifted },
  };
}

/** Where a village has nobody of its own for a task. */
const STAND_INS: readonly Role[] = ['manager', 'supervisor'];

function lotsOnHand(sql: Reader, villageId: number): Promise<LotState[]> {
  return sql<LotState[]>`
    select goods.code,
           goods.name,
           goods.unit,
           stock_lot.quantity_on_hand as quantity,
           stock_lot.use_by as "useBy",
           max(act.occurred_on) as "lastMovedOn"
      from stock_lot
      join goods
        on goods.village_id = stock_lot.village_id
       and goods.goods_id = stock_lot.goods_id
      join stock_move
        on stock_move.village_id = stock_lot.village_id
       and stock_move.lot_id = stock_lot.lot_id
      join act
        on act.village_id = stock_move.village_id
       and act.seq = stock_move.seq
     where stock_lot.village_id = ${villageId}
       and quantity_on_hand > 0
     group by goods.code, goods.name, goods.unit, stock_lot.lot_id, quantity_on_hand, use_by
     order by goods.code, stock_lot.lot_id`;
}

/** What the village offers and once had, with what can be handed out today. */
function goodsEverHad(sql: Reader, villageId: number, today: string): Promise<GoodsState[]> {
  return sql<GoodsState[]>`
    select goods.code,
           goods.name,
           goods.unit,
           coalesce(sum(quantity_on_hand) filter (where not awaits_check and (use_by is null or use_by >= ${today})), 0)::integer as quantity,
           (
             select (deciding.facts ->> 'reorder')::integer
               from act as deciding
              where deciding.village_id = ${villageId}
                and deciding.type = 'goods.terms'
                and deciding.facts ->> 'item' = goods.code
              order by deciding.seq desc
              limit 1
           ) as reorder
      from goods
      join stock_lot
        on stock_lot.village_id = goods.village_id
       and stock_lot.goods_id = goods.goods_id
     where goods.village_id = ${villageId}
       and goods.is_offered
       and not ${isRestricted(sql)}
     group by goods.code, goods.name, goods.unit
     order by goods.code`;
}
