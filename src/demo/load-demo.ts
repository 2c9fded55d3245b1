/**
 * Loads the demonstration. Nothing waits for the disk meanwhile; the last commit does, and it brings everything before it along.
 * Interrupted, it leaves a database that says so (`demo_load`), which is emptied before anybody is served.
 */
import { addRegion, hashPassword } from '../people/index.ts';
import { villageDay } from '../platform/clock.ts';
import { connect, type PostgresOptions } from '../platform/database/connect.ts';
import { createDb, type Db, type Tx } from '../platform/database/db.ts';
import { DEMO_PASSWORD } from './demo-password.ts';
import { employ, liveThrough, type Staff, settleVillage } from './load-village.ts';
import { type CountyPlan, planCounty, type VillagePlan } from './plan-county.ts';
import { foundingDay } from './plan-history.ts';
import type { PhotoPlace } from './take-photo.ts';

export interface DemoSettings {
  /** The first so many villages, 啊道村 before all others. */
  villageCount?: number | undefined;
  /** The history ends here. */
  now?: Date | undefined;
  /** Where its photos are kept; nowhere, and there are none. */
  photoPlace?: PhotoPlace;
}

/** So many villages live at once: enough to keep two processors busy, and few enough that 啊道村, the longest, is not the last. */
const LANES = 4;
const REPORT_EVERY = 12;
/** After so many villages the plans are made anew, once: the first ones were made for tables without a row. */
const TAUGHT_AFTER = 5;

export async function loadDemo(
  owner: PostgresOptions,
  log: (line: string) => void,
  { villageCount, now = new Date(), photoPlace = null }: DemoSettings = {},
): Promise<void> {
  const county = planCounty();
  const villages = county.villages.slice(0, villageCount);
  log(`loading the demonstration: ${villages.length} villages · 正在载入演示数据：${villages.length} 个村`);
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const lanes = await Promise.all(Array.from({ length: Math.min(LANES, villages.length) }, () => openLane(owner)));
  const [desk] = lanes;
  if (!desk) throw new Error('a demonstration has at least one village');
  try {
    await desk.sql`insert into demo_load (password_hash) values (${passwordHash})`;
    const offices = await desk.sql.begin((tx) => foundOffices(tx, county, { now, passwordHash }));
    const settled: { village: VillagePlan; staff: Staff }[] = [];
    await inLanes(lanes, villages, async (db, village) => {
      const townshipId = offices.townshipIds.get(village.townshipCode) ?? 0;
      const input = { village, townshipId, administratorId: offices.administratorId, passwordHash, now };
      settled.push({ village, staff: await settleVillage(db, input) });
    });
    // Not the tables of the acts: nearly empty as they still are, PostgreSQL would read them whole for ever.
    await desk.sql`analyze region, household, villager_group, card, account, goods, rule_version, village_terms`;
    settled.sort((one, other) => one.staff.villageId - other.staff.villageId);
    let count = 0;
    await inLanes(lanes, settled, async (db, { village, staff }) => {
      await liveThrough(db, village, staff, { now, passwordHash, photoPlace });
      count += 1;
      if (count === TAUGHT_AFTER) await teachPlanner(db);
      if (count % REPORT_EVERY > 0) return;
      log(`${count} of ${villages.length} villages are there · 已载入 ${count}/${villages.length} 个村`);
    });
    await teachPlanner(desk);
    await desk.sql`select set_config('synchronous_commit', 'on', false)`;
    await desk.sql`update demo_load set finished_at = clock_timestamp()`;
  } finally {
    await Promise.all(lanes.map(({ sql }) => sql.end({ timeout: 5 })));
  }
}

/**
 * One connection, on which the clock can be set for one act after the other. PostgreSQL knows nothing yet of the sizes of the
 * tables, so it is told what is right for a village: indices, and one plan for all. Nobody else is waiting, so a slow machine
 * may take its time, also for autovacuum to make way.
 */
async function openLane(owner: PostgresOptions): Promise<Db> {
  const applicationName = 'love-supermarket demonstration';
  const sql = connect(owner, { max: 1, applicationName, statementTimeoutMs: 0, plansOnce: true });
  await sql`
    select set_config('synchronous_commit', 'off', false),
           set_config('enable_seqscan', 'off', false),
           set_config('lock_timeout', '0', false),
           set_config('idle_in_transaction_session_timeout', '0', false)`;
  return createDb(sql);
}

/** Every session's plans follow from what is really there from now on; the long texts of acts are in no condition. */
async function teachPlanner({ sql }: Db): Promise<void> {
  await sql`
    analyze act (village_id, seq, act_id, operation_id, type, occurred_on, reverses_seq),
            operation (village_id, operation_id, idempotency_key, first_seq),
            disclosure (village_id, seq),
            entry, account, stock_lot, stock_move, closed_period, log_head, publication (village_id, month, version)`;
}

/** Each lane takes the next item as soon as it is free. */
async function inLanes<Item>(
  lanes: readonly Db[],
  items: readonly Item[],
  work: (db: Db, item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const run = async (db: Db) => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(db, item);
  };
  await Promise.all(lanes.map(run));
}

async function foundOffices(
  tx: Tx,
  county: CountyPlan,
  { now, passwordHash }: { now: Date; passwordHash: string },
): Promise<{ administratorId: number; townshipIds: Map<string, number> }> {
  const [adao] = county.villages;
  const startsOn = adao ? foundingDay(adao, now) : villageDay(now);
  const region = async (code: string, level: 'county' | 'township', name: string, parentId: number | null) => {
    const added = await addRegion(tx, { code, level, name, parentId, isMadeUp: true });
    if (!added) throw new Error(`the region ${code} is there already`);
    return { regionId: added.regionId, startsOn, passwordHash };
  };
  const place = await region(county.code, 'county', county.name, null);
  await employ(tx, county.officer, 'county_officer', place);
  const administratorId = await employ(tx, county.administrator, 'county_administrator', place);
  const townshipIds = new Map<string, number>();
  for (const { code, name, officer } of county.townships) {
    const township = await region(code, 'township', name, place.regionId);
    await employ(tx, officer, 'township_officer', township);
    townshipIds.set(code, township.regionId);
  }
  return { administratorId, townshipIds };
}
