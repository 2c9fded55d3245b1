/** A county of 47 villages on an embedded database with its ordinary settings, fsync on: what every measurement runs on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCards, registerHouseholds, villagerGroups } from '../../src/cards/index.ts';
import { receiveGoods } from '../../src/goods/index.ts';
import { foundVillage } from '../../src/oversight/index.ts';
import { addRegion, appoint, hashPassword } from '../../src/people/index.ts';
import { connect, type PostgresOptions, type Sql } from '../../src/platform/database/connect.ts';
import { createDb } from '../../src/platform/database/db.ts';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { must, PASSWORD } from '../support/cast.ts';

export interface BenchVillage {
  villageId: number;
  code: string;
  managerId: number;
  username: string;
  cards: string[];
}

export const VILLAGES = 47;
export const GOODS = 'WA003';
const FOUNDED_ON = '2026-01-05';

/** Founds a county whose first village has 500 households and the others 20, everybody rich and the shelves full. */
export async function foundBenchCounty(app: PostgresOptions): Promise<BenchVillage[]> {
  const sql = connect(app, { max: 2, applicationName: 'bench set-up' });
  const db = createDb(sql);
  try {
    const passwordHash = await hashPassword(PASSWORD);
    const countyId = await regionId(sql, '990200000000', 'county', '量测县', null);
    const townshipId = await regionId(sql, '990200001000', 'township', '量测乡', countyId);
    const administrator = { username: 'bench-admin', displayName: '量测员', mustChangePassword: false };
    const { personId } = await must(
      sql.begin((tx) =>
        appoint(
          tx,
          { ...administrator, role: 'county_administrator', regionId: countyId, startsOn: FOUNDED_ON },
          passwordHash,
        ),
      ),
    );
    const villages: BenchVillage[] = [];
    for (let place = 1; place <= VILLAGES; place += 1) {
      const code = `990200001${String(place).padStart(3, '0')}`;
      const terms = { openingCentipoints: 1_000_000_000, fenPerPoint: 300 };
      const founding = { code, name: `第${place}村`, townshipId, isMadeUp: true, groups: ['一组'], terms };
      const { villageId } = await must(
        sql.begin((tx) => foundVillage(tx, { ...founding, recordedBy: personId, foundedOn: FOUNDED_ON })),
      );
      const username = `bench-manager-${place}`;
      const manager = { username, displayName: '管理员', mustChangePassword: false, role: 'manager' as const };
      const appointed = await must(
        sql.begin((tx) => appoint(tx, { ...manager, regionId: villageId, startsOn: FOUNDED_ON }, passwordHash)),
      );
      const [group] = await villagerGroups(sql, villageId);
      const households = Array.from({ length: place === 1 ? 500 : 20 }, (_, index) => ({
        groupId: group?.groupId ?? 0,
        headName: `户主${index}`,
        memberCount: 3,
        phone: null,
      }));
      await registerHouseholds(sql, villageId, households);
      const known = await sql<{ number: string }[]>`
        select number from card where village_id = ${villageId} order by number`;
      const cards = known.map(({ number }) => number);
      const act = { villageId, recordedBy: appointed.personId, occurredOn: FOUNDED_ON, today: FOUNDED_ON };
      await must(openCards(db, { ...act, idempotencyKey: 'open', cards }));
      const source = { kind: 'donation' as const, name: '量测公司' };
      for (let delivery = 1; delivery <= 4; delivery += 1) {
        const lines = [{ code: GOODS, quantity: 9_999_999 }];
        await must(receiveGoods(db, { ...act, idempotencyKey: `stock-${delivery}`, source, lines }));
      }
      villages.push({ villageId, code, managerId: appointed.personId, username, cards });
    }
    return villages;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function regionId(
  sql: Sql,
  code: string,
  level: 'county' | 'township',
  name: string,
  parentId: number | null,
): Promise<number> {
  const added = await sql.begin((tx) => addRegion(tx, { code, level, name, parentId, isMadeUp: true }));
  if (!added) throw new Error(`${code} is taken`);
  return added.regionId;
}

export interface BenchFolder {
  dataDir: string;
  villages: BenchVillage[];
  remove(): void;
}

/** A folder on which a server can be started, as one that was stopped leaves it. */
export async function prepareBenchFolder(): Promise<BenchFolder> {
  const dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-bench-'));
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
    try {
      await migrate(postgres.owner());
      return { dataDir, villages: await foundBenchCounty(postgres.app()), remove };
    } finally {
      await postgres.stop();
    }
  } catch (error) {
    remove();
    throw error;
  }
}

/**
 * Lengthens a village by awards that nobody made, as true as real ones: operations, acts, leaves, hashes and entries, in turn over
 * all its accounts. Set-based and as the owner, because ten million through the one write path would take hours.
 */
export async function lengthenLedger(
  ownerSql: Sql,
  { villageId, managerId }: BenchVillage,
  rounds: number,
): Promise<void> {
  await ownerSql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`set local synchronous_commit = off`;
    await tx`
      create temporary table lengthened on commit drop as
      select account_id,
             pseudonym,
             balance_centipoints as balance,
             last_n,
             row_number() over (order by account_id) - 1 as place,
             count(*) over () as accounts,
             (select size from log_head where village_id = ${villageId}) as first_seq
        from account
       where village_id = ${villageId}
         and status = 'active'`;
    await tx`
      insert into operation
        (village_id, operation_id, kind, idempotency_key, request_hash, recorded_by, recorded_at, first_seq, act_count)
      select ${villageId}, 'bench' || first_seq || '-' || round, 'award', 'bench' || first_seq || '-' || round, '\\x00',
             ${managerId}, ${FOUNDED_ON}::timestamptz + round * interval '1 second', first_seq + round * accounts, accounts
        from (select distinct first_seq, accounts from lengthened) as one
       cross join generate_series(0, ${rounds} - 1) as rounds(round)`;
    await tx`
      insert into act
        (village_id, seq, act_id, operation_id, type, occurred_on, recorded_at, recorded_by, facts, leaf, leaf_hash)
      select ${villageId}, seq, act_id, 'bench' || first_seq || '-' || round, 'points.award', ${FOUNDED_ON}, recorded_at,
             ${managerId}, '{"rule": "AD-LAB-01", "version": 1}', leaf, sha256('\\x00'::bytea || leaf)
        from lengthened
       cross join generate_series(0, ${rounds} - 1) as rounds(round)
       cross join lateral (
         select first_seq + round * accounts + place as seq,
                'b' || lpad((first_seq + round * accounts + place)::text, 15, '0') as act_id,
                ${FOUNDED_ON}::timestamptz + round * interval '1 second' as recorded_at
       ) as numbered
       cross join lateral convert_to(
         '{"acct":"' || pseudonym || '","at":"' || to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
           || '","commit":[],"delta":300,"id":"' || act_id || '","n":' || last_n + round + 1
           || ',"occurred":"' || ${FOUNDED_ON}::text || '","rule":"AD-LAB-01","type":"points.award","v":1,"version":1}',
         'UTF8'
       ) as made(leaf)
       order by seq`;
    await tx`
      insert into entry
        (village_id, account_id, n, seq, amount_centipoints, balance_after_centipoints, occurred_on)
      select ${villageId}, account_id, last_n + round + 1, first_seq + round * accounts + place, 300,
             balance + (round + 1) * 300, ${FOUNDED_ON}
        from lengthened
       cross join generate_series(0, ${rounds} - 1) as rounds(round)
       order by account_id, round`;
    await tx`
      update account
         set last_n = account.last_n + ${rounds},
             balance_centipoints = balance_centipoints + ${rounds} * 300
        from lengthened
       where account.village_id = ${villageId}
         and account.account_id = lengthened.account_id`;
    await tx`
      update log_head
         set size = size + ${rounds} * (select accounts from lengthened limit 1)
       where village_id = ${villageId}`;
  });
}
