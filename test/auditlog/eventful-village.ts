/**
 * One village in which everything happened that records and auditors have to follow: debts that end, a new rate with lines on the board,
 * goods that are renamed or wait for their first price, late honours, gifts that are matched. Its months are published as they go, one of them again.
 */
import { awardPoints } from '../../src/awards/index.ts';
import { cardByNumber, changeHousehold } from '../../src/cards/index.ts';
import { claimList } from '../../src/claims/claims.ts';
import { answerObjection, clearClaims, fileObjection, passClaims, postSheet } from '../../src/claims/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { addGoods, approveProposal, receiveGoods } from '../../src/goods/index.ts';
import { renameGoods } from '../../src/goods/rename-goods.ts';
import { backfillHonour } from '../../src/honours/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { appoint, findVillage, hashPassword, type Role, type Village } from '../../src/people/index.ts';
import { addDays } from '../../src/platform/clock.ts';
import { publishRecord } from '../../src/publication/index.ts';
import { changeRate } from '../../src/rates/index.ts';
import { changeRule, villageRules } from '../../src/rules/index.ts';
import { changeSettings } from '../../src/settings/index.ts';
import type { TestApp } from '../support/app.ts';
import { cards, FOUNDED_ON, must, PASSWORD, people, willowCode } from '../support/cast.ts';

export const TODAY = '2026-10-15';

export const day = (days: number) => addDays(TODAY, days);

/** What a household that nobody is left of waits for. */
const YEAR = 366;

export async function liveThroughAll({ db }: TestApp): Promise<void> {
  const willow = (await findVillage(db.sql, willowCode)) as Village;
  const { villageId } = willow;
  const passwordHash = await hashPassword(PASSWORD);
  const employ = (username: string, role: Role) =>
    db.sql.begin(async (tx) => {
      const post = { username, displayName: username, role, regionId: villageId };
      const draft = { ...post, startsOn: FOUNDED_ON, mustChangePassword: false };
      return (await must(appoint(tx, draft, passwordHash))).personId;
    });
  const named = async (username: string) => {
    const [row] = await db.sql<{ personId: number }[]>`
      select person_id as "personId" from person where username = ${username}`;
    return row?.personId ?? 0;
  };
  const staff = {
    recorder: await employ('recorder', 'recorder'),
    second: await employ('second', 'recorder'),
    approver: await employ('approver', 'approver'),
    supervisor: await named(people.supervisor),
    manager: await named(people.manager),
  };

  const at = (today = TODAY) => ({
    villageId,
    recordedBy: staff.manager,
    today,
    idempotencyKey: crypto.randomUUID(),
  });
  const set = (wanted: Parameters<typeof changeSettings>[1]['wanted']) =>
    must(changeSettings(db, { ...at(), wanted, reason: '村民代表会议' }));
  const give = (rule: string, numbers: string[], more: object = {}) =>
    must(
      awardPoints(db, {
        ...at(),
        recordedBy: staff.recorder,
        occurredOn: TODAY,
        rule,
        cards: numbers,
        note: '',
        ...more,
      }),
    );
  const redeem = (card: string, code: string, today = TODAY) =>
    must(redeemGoods(db, { ...at(today), card, lines: [{ code, quantity: 1 }] }));
  const publish = (month: string, today: string) => must(publishRecord(db, { ...at(today), village: willow, month }));

  const source = { kind: 'purchase', name: '供销社' } as const;
  const receive = (code: string, quantity: number, today = TODAY) =>
    must(receiveGoods(db, { ...at(today), occurredOn: today, source, lines: [{ code, quantity }] }));

  async function addUmbrellas(): Promise<string> {
    const umbrella = { name: '遮阳伞', spec: '', unit: '把', zone: 'DAILY', barcode: null, unitValueFen: 1_500 };
    await must(addGoods(db, { ...at(), ...umbrella }));
    const [added] = await db.sql<{ code: string }[]>`select code from goods where name = ${umbrella.name}`;
    return added?.code ?? '';
  }

  /** A pot that nobody may have before the first secretary has agreed to what it costs. */
  async function approvePots() {
    await set({ firstPriceNeedsSecond: true });
    const pot = { name: '铸铁锅', spec: '', unit: '个', zone: 'DAILY', barcode: null, unitValueFen: 2_000 };
    await must(addGoods(db, { ...at(), ...pot }));
    const [waiting] = await db.sql<{ code: string; proposalId: number }[]>`
      select code,
             proposal_id as "proposalId"
        from goods_proposal
        join goods using (village_id, goods_id)
       where kind = 'first'`;
    await receive(waiting?.code ?? '', 1);
    const proposalId = waiting?.proposalId ?? 0;
    await must(approveProposal(db, { villageId, proposalId, recordedBy: staff.supervisor, today: TODAY }));
    await redeem(cards.单小花, waiting?.code ?? '');
  }

  /** In the middle of November, after October's record is out. */
  async function renameUmbrellas(code: string) {
    await receive(code, 2, day(17));
    await redeem(cards.赵满仓, code, day(18));
    await must(renameGoods(db, { ...at(day(19)), code, name: '晴雨伞' }));
    await redeem(cards.单小花, code, day(19));
  }

  /** Given points that what is earned sets free. */
  async function gifts() {
    const wording = { name: '赠予一份', pointsCentipoints: 100, unit: '赠予', evidence: '会议记录' };
    const uncapped = { capPeriod: null, capMaxCount: null, capMaxCentipoints: null };
    const decision = { effectiveFrom: TODAY, meeting: '村民代表会议' };
    await must(
      changeRule(db, { ...at(), change: { kind: 'new', category: 'GIF', ...wording, ...uncapped, ...decision } }),
    );
    const rule = (await villageRules(db.sql, villageId, TODAY)).find(({ name }) => name === wording.name);
    await give(rule?.code ?? '', [cards.王建国二], { times: 5 });
    const photo = { publicId: 'ABCDEFGHJKMN2345', sha256: 'ab'.repeat(32), width: 4, height: 3, isPublic: false };
    await give('AD-HON-03', [cards.王建国二], { photos: [photo] });
    await redeem(cards.王建国二, 'WA003');
  }

  /** 王建国 owes all that somebody may owe, and is spared the rest. */
  async function debts() {
    for (let left = 10_000; left > -1_000; left -= 1_000) await give('AD-LAW-03', [cards.王建国]);
    await give('AD-HON-03', [cards.王建国]);
    await give('AD-LAW-03', [cards.王建国]);
    await give('AD-LAW-03', [cards.王建国]);
  }

  /** A rate that changes while lines are on the board; one objection is upheld on the board, another one after its points came. */
  async function objections() {
    await set({ reviewsEachAward: true });
    await give('AD-ENV-04', [cards.赵满仓, cards.单小花, cards.曾有田], { occurredOn: day(21), today: day(21) });
    const waiting = await claimList(db.sql, villageId, { view: 'waiting', limit: 100 });
    const claimIds = waiting.map(({ claimId }) => claimId);
    for (const [step, personId] of [
      ['group', staff.second],
      ['committee', staff.approver],
    ] as const) {
      const word = { step, personId, personName: '评议', mayHandOut: false };
      await must(passClaims(db, { ...at(day(21)), claimIds, ...word }));
    }
    await must(postSheet(db, { ...at(day(21)), claimIds, personId: staff.supervisor }));
    const [first = '', second = ''] = claimIds;
    const object = (claimId: string, today: string) =>
      must(fileObjection(db, { ...at(today), claimId, reason: '不实' }));
    const uphold = (claimId: string, today: string) => {
      const answer = { claimId, outcome: 'upheld', answer: '查实', witness: '村民代表' } as const;
      return must(answerObjection(db, { ...at(today), ...answer, personId: staff.supervisor }));
    };
    await object(second, day(22));
    await must(changeRate(db, { ...at(day(22)), fenPerPoint: 700, reason: '村民会议' }));
    await uphold(second, day(23));
    await clearClaims(db, { villageId, today: day(25) });
    await object(first, day(26));
    await must(changeRate(db, { ...at(day(26)), fenPerPoint: 100, reason: '村民会议' }));
    await uphold(first, day(27));
    await set({ reviewsEachAward: false });
  }

  /** The last of a household that owes goes, and after a year nobody owes it any more. */
  async function forgive() {
    const card = await cardByNumber(db.sql, villageId, cards.王建国);
    const leaving = { leaving: card?.memberCount ?? 0, newHead: null, reason: '去世' };
    const change = (wanted: Parameters<typeof changeHousehold>[1]['change'], today: string) =>
      must(changeHousehold(db, { ...at(today), change: wanted }));
    await change({ kind: 'departure', card: cards.王建国, ...leaving }, day(31));
    const over = day(31 + YEAR);
    await change({ kind: 'settlement', card: cards.王建国, reason: '满一年' }, over);
    await publish(over.slice(0, 7), over);
  }

  await set({ giftMatch: 1, backfillDays: 30, unsettledMostCentipoints: 2_000 });
  const umbrella = await addUmbrellas();
  await receive(umbrella, 5);
  const bought = await redeem(cards.赵满仓, umbrella);
  await redeem(cards.单小花, umbrella);
  await approvePots();
  await gifts();
  await debts();
  await must(
    backfillHonour(db, {
      ...at(),
      number: cards.单小花,
      rule: 'AD-PUB-01',
      times: 1,
      occurredOn: day(-40),
      meeting: '代表会议',
    }),
  );
  await publish('2026-10', TODAY);
  await renameUmbrellas(umbrella);
  const undo = { which: { operationId: bought.operationId }, reason: '拿错了' };
  await must(reverseActs(db, { ...at(day(20)), ...undo }));
  await publish('2026-10', day(20));
  await objections();
  await publish('2026-11', day(30));
  await forgive();
}
