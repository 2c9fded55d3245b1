import { awardPoints } from '../awards/index.ts';
import { changeHousehold, openCards, registerHouseholds, villagerGroups } from '../cards/index.ts';
import { redeemGoods } from '../exchange/index.ts';
import { receiveGoods, shelf } from '../goods/index.ts';
import { type PostedOperation, reverseActs } from '../ledger/index.ts';
import { foundVillage } from '../oversight/index.ts';
import { appoint, type Role } from '../people/index.ts';
import { addDays, villageDay } from '../platform/clock.ts';
import type { Db, Tx } from '../platform/database/db.ts';
import { OperatorError } from '../platform/operator-error.ts';
import { publishRecord } from '../publication/index.ts';
import { changeRule, villageRules } from '../rules/index.ts';
import { CLAIM_DAYS, liveByTheBook, liveSimply } from './load-claims.ts';
import { clearOpeningPoints, OPENING_MONTHS } from './load-expiry.ts';
import { giveAndWish } from './load-giving.ts';
import { changeHands } from './load-handover.ts';
import { honourAndMeet } from './load-honours.ts';
import { REVIEWED_DAYS } from './load-rate.ts';
import { liveInTheShop } from './load-shop.ts';
import { visitAndCheck } from './load-work.ts';
import { type Account, ADAO_CODE, HANDED_OVER_CODE, STANDARD_CODE, type VillagePlan } from './plan-county.ts';
import { foundingDay, OPENING_CENTIPOINTS, planHistory } from './plan-history.ts';
import type { PlannedAct } from './planned-act.ts';
import { type PhotoPlace, photographer } from './take-photo.ts';
import { at, instantAt } from './village-time.ts';

export interface VillageInput {
  village: VillagePlan;
  townshipId: number;
  /** Who founds it. */
  administratorId: number;
  passwordHash: string;
  now: Date;
}

export interface Staff {
  villageId: number;
  managerId: number;
  supervisorId: number;
  /** Who founded it, and ends the posts of its staff. */
  administratorId: number;
  foundedOn: string;
}

/** A village with its staff and its households, before anything has happened in it. `db` has one connection. */
export async function settleVillage(db: Db, input: VillageInput): Promise<Staff> {
  const { village, now } = input;
  const foundedOn = foundingDay(village, now);
  await setClock(db, instantAt(foundedOn, at(9)));
  const staff = await found(db, input, foundedOn);
  await register(db, staff.villageId, village);
  return staff;
}

/** The village lives through its three months, each act by its command and at its time. `db` has one connection. */
export async function liveThrough(
  db: Db,
  village: VillagePlan,
  staff: Staff,
  { now, passwordHash, photoPlace }: Pick<VillageInput, 'now' | 'passwordHash'> & { photoPlace: PhotoPlace },
): Promise<void> {
  const foundedOn = foundingDay(village, now);
  const [rules, goods] = await Promise.all([
    villageRules(db.sql, staff.villageId, foundedOn),
    shelf(db.sql, staff.villageId, foundedOn),
  ]);
  const done = new Map<string, PostedOperation>();
  const planned = planHistory(village, { rules, goods, now }).filter((act) => act.at <= plannedUntil(village, now));
  for (const act of planned) {
    // Sent together: one connection carries them out in this order.
    const [, outcome] = await Promise.all([setClock(db, act.at), carryOut(db, act, { village, staff, done })]);
    if ('refused' in outcome) throw new Error(`${village.name} ${act.key}: ${JSON.stringify({ act, outcome })}`);
    if (outcome.recordedAt !== act.at.toISOString()) throw clockRefused();
    done.set(act.key, outcome);
  }
  const takePhoto = photographer(db, photoPlace);
  const stage = { db, staff, now, takePhoto, setClock: (instant: Date) => setClock(db, instant) };
  if (village.code === ADAO_CODE) {
    await liveSimply(stage);
    await liveInTheShop(stage);
    await visitAndCheck(stage);
    await honourAndMeet(stage);
    await giveAndWish({ ...stage, donor: await appointDonor(db, staff, passwordHash) });
  }
  if (village.code === STANDARD_CODE) {
    const reviewers = await appointReviewers(db, village, staff, passwordHash);
    const storekeeperId = await appointStorekeeper(db, village, staff, passwordHash);
    await liveByTheBook({ ...stage, ...reviewers, storekeeperId, photoPlace });
  }
  if (village.code === HANDED_OVER_CODE) {
    const reviewers = await appointReviewers(db, village, staff, passwordHash);
    const successor = await appointSuccessor(db, village, staff, { now, passwordHash });
    await clearOpeningPoints(stage);
    await changeHands({ ...stage, ...reviewers, successor });
  }
}

/** A village whose last days are told by what waits for its word has nothing else to do then. */
function plannedUntil({ code }: VillagePlan, now: Date): Date {
  const days = { [STANDARD_CODE]: CLAIM_DAYS, [HANDED_OVER_CODE]: REVIEWED_DAYS }[code];
  return days === undefined ? now : instantAt(addDays(villageDay(now), -days), at(12));
}

/** Somebody from outside who gives, and who may sign in. */
async function appointDonor({ sql }: Db, { villageId, foundedOn }: Staff, passwordHash: string) {
  const account = { username: 'adao-juanzeng', displayName: '林好心' };
  const place = { regionId: villageId, startsOn: foundedOn, passwordHash };
  return { ...account, personId: await sql.begin((tx) => employ(tx, account, 'donor', place)) };
}

/** Who comes after the manager. */
async function appointSuccessor(
  { sql }: Db,
  { successor }: VillagePlan,
  { villageId }: Staff,
  { now, passwordHash }: Pick<VillageInput, 'now' | 'passwordHash'>,
): Promise<Account & { personId: number }> {
  const place = { regionId: villageId, startsOn: villageDay(now), passwordHash };
  return { ...successor, personId: await sql.begin((tx) => employ(tx, successor, 'manager', place)) };
}

/** Who helps the manager in the shop, from its first day. */
async function appointStorekeeper(
  { sql }: Db,
  { storekeeper }: VillagePlan,
  { villageId, foundedOn }: Staff,
  passwordHash: string,
): Promise<number> {
  const place = { regionId: villageId, startsOn: foundedOn, passwordHash };
  return sql.begin((tx) => employ(tx, storekeeper, 'storekeeper', place));
}

/** Where every line is looked at twice, two more people do it. */
async function appointReviewers(
  { sql }: Db,
  { reviewers: [leader, approver] }: VillagePlan,
  { villageId, foundedOn }: Staff,
  passwordHash: string,
): Promise<{ leaderId: number; approverId: number }> {
  const place = { regionId: villageId, startsOn: foundedOn, passwordHash };
  return sql.begin(async (tx) => ({
    leaderId: await employ(tx, leader, 'leader', place),
    approverId: await employ(tx, approver, 'approver', place),
  }));
}

/** Written into the record as its time, instead of the present; PostgreSQL lets the owner of the database do so. */
async function setClock({ sql }: Db, instant: Date): Promise<void> {
  await sql`select set_config('love_supermarket.clock', ${instant.toISOString()}, false)`;
}

async function found(db: Db, input: VillageInput, foundedOn: string): Promise<Staff> {
  const { village, townshipId, administratorId, passwordHash } = input;
  return db.sql.begin(async (tx) => {
    const founded = await foundVillage(tx, {
      code: village.code,
      name: village.name,
      townshipId,
      isMadeUp: true,
      groups: village.groups.map(({ name }) => name),
      terms: village.code === HANDED_OVER_CODE ? { ...TERMS, openingMonths: OPENING_MONTHS } : TERMS,
      recordedBy: administratorId,
      foundedOn,
    });
    if ('refused' in founded) throw new Error(`${founded.refused}: ${village.code}`);
    const { villageId } = founded;
    const place = { regionId: villageId, startsOn: foundedOn, passwordHash };
    const managerId = await employ(tx, village.manager, 'manager', place);
    const supervisorId = await employ(tx, village.supervisor, 'supervisor', place);
    return { villageId, managerId, supervisorId, administratorId, foundedOn };
  });
}

/** 100 points to begin with, worth 3 yuan each, as in 啊道村. */
const TERMS = { openingCentipoints: OPENING_CENTIPOINTS, fenPerPoint: 300 };

export async function employ(
  tx: Tx,
  { username, displayName }: Account,
  role: Role,
  { regionId, startsOn, passwordHash }: { regionId: number; startsOn: string; passwordHash: string },
): Promise<number> {
  const draft = { username, displayName, role, regionId, startsOn, mustChangePassword: false };
  const appointed = await appoint(tx, draft, passwordHash);
  if ('refused' in appointed) throw new Error(`${appointed.refused}: ${username}`);
  return appointed.personId;
}

async function register({ sql }: Db, villageId: number, { groups }: VillagePlan): Promise<void> {
  const groupIds = new Map((await villagerGroups(sql, villageId)).map(({ name, groupId }) => [name, groupId]));
  const households = groups.flatMap(({ name, households: members }) =>
    members.map((household) => ({ ...household, groupId: groupIds.get(name) ?? 0, phone: null })),
  );
  await registerHouseholds(sql, villageId, households);
}

async function carryOut(
  db: Db,
  act: PlannedAct,
  { village, staff, done }: { village: VillagePlan; staff: Staff; done: ReadonlyMap<string, PostedOperation> },
) {
  const { villageId } = staff;
  const { key: idempotencyKey, today } = act;
  const manager = { villageId, idempotencyKey, recordedBy: staff.managerId, today };
  switch (act.kind) {
    case 'opening':
      return openCards(db, { ...manager, occurredOn: act.occurredOn, cards: act.cards });
    case 'award':
      return awardPoints(db, { ...manager, ...act });
    case 'receipt':
      return receiveGoods(db, { ...manager, ...act });
    case 'redemption':
      return redeemGoods(db, { ...manager, card: act.card, lines: act.lines, proxy: act.proxy });
    case 'reversal':
      return reverseActs(db, { ...manager, which: selection(done.get(act.of), act.line), reason: act.reason });
    case 'change': {
      const { kind, card, reason } = act.change;
      return changeHousehold(db, { ...manager, change: { kind, card, reason } });
    }
    case 'rule': {
      const { kind, code, category, ...decided } = act.rule;
      const change = kind === 'new' ? { kind, category, ...decided } : { kind, code, ...decided };
      return changeRule(db, { ...manager, change });
    }
    case 'publication':
      return publishRecord(db, {
        village: { ...village, villageId },
        idempotencyKey,
        recordedBy: staff.supervisorId,
        month: act.month,
        today,
      });
  }
}

function selection(operation: PostedOperation | undefined, line: number | undefined) {
  if (!operation) throw new Error('the plan takes back what was not done');
  if (line === undefined) return { operationId: operation.operationId };
  const act = operation.acts[line];
  if (!act) throw new Error('the plan takes back a line that is not there');
  return { seq: act.seq };
}

function clockRefused(): OperatorError {
  return new OperatorError(
    'The demonstration needs a login that owns the database: make the user of DATABASE_URL its owner, or set DEMO=off.',
    '载入演示数据需要数据库所有者的账号：请把 DATABASE_URL 中的用户设为该数据库的所有者，或设置 DEMO=off。',
  );
}
