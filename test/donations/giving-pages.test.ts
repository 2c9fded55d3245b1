/** Gifts and wishes through the pages: managers, a second person, donors, villagers and everybody, without JavaScript. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordGift, shelveGift } from '../../src/donations/index.ts';
import { appoint, hashPassword } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, FOUNDED_ON, must, PASSWORD, people, willowCode } from '../support/cast.ts';
import { phonePhoto } from '../support/pictures.ts';
import { checkWorld } from '../support/world.ts';

const HOME = `/villages/${willowCode}`;

let world: TestApp;
let manager: TestBrowser;
let second: TestBrowser;
let donor: TestBrowser;
let nobody: TestBrowser;
let photo: Buffer;

beforeAll(async () => {
  world = await createTestApp();
  const [village] = await world.db.sql<{ id: number }[]>`select region_id as id from region where code = ${willowCode}`;
  const passwordHash = await hashPassword(PASSWORD);
  for (const [username, displayName, role] of [
    ['willow-leader', '孙书记', 'leader'],
    ['willow-donor', '郑好心', 'donor'],
  ] as const) {
    const draft = {
      username,
      displayName,
      role,
      regionId: village?.id ?? 0,
      startsOn: FOUNDED_ON,
      mustChangePassword: false,
    };
    await world.db.sql.begin((tx) => appoint(tx, draft, passwordHash));
  }
  manager = await world.browser(people.manager);
  second = await world.browser('willow-leader');
  donor = await world.browser('willow-donor');
  nobody = await world.browser();
  photo = await phonePhoto({ width: 400, height: 300 });
});

afterAll(() => world.close());

const keyIn = (html: string) => /name="idempotencyKey" value="([^"]+)"/.exec(html)?.[1] ?? '';
const gone = (answer: { headers: Record<string, unknown> }) => String(answer.headers['location']);

test('looking makes nobody a donor, and neither does a promise that is refused', async () => {
  const donors = () => world.db.sql`select from donor`;
  expect((await donor.get('/my-gifts')).body).toContain('柳树村');
  expect((await donor.get(`${HOME}/wishes`)).statusCode).toBe(200);
  const answer = await donor.submit(`${HOME}/wishes/nothing/claims`, { idempotencyKey: crypto.randomUUID() });
  expect(answer.statusCode).toBe(404);
  expect(await donors()).toHaveLength(0);
});

test('a gift goes from word to letter over the pages, and everybody reads where it is', async () => {
  await manager.get(`${HOME}/donors`);
  const kept = await manager.submit(`${HOME}/donors`, {
    name: '郑好心',
    kind: 'person',
    appears: 'initials',
    contact: '',
    username: 'willow-donor',
  });
  expect([kept.statusCode, gone(kept)]).toEqual([303, `${HOME}/donors?saved=1`]);
  const form = await manager.get(`${HOME}/gifts/new`);
  const publicId = /<option value="([A-Z2-9]{16})"/.exec(form.body)?.[1] ?? '';
  const fields = {
    donor: publicId,
    kind: 'goods',
    goods: 'GR001',
    quantity: '4',
    value: '28',
    useBy: '',
    fen: '',
    fund: 'donation',
    wish: '给老人',
    isThere: 'yes',
    idempotencyKey: keyIn(form.body),
  };
  const empty = await manager.upload(`${HOME}/gifts`, { ...fields, quantity: '' }, []);
  expect(empty.statusCode).toBe(422);
  expect(empty.body).toContain(`value="${fields.idempotencyKey}"`);
  const bad = await manager.upload(`${HOME}/gifts`, fields, [{ content: Buffer.from('no photo') }]);
  expect(bad.statusCode).toBe(422);
  expect(bad.body).toContain('不是能用的照片');
  const made = await manager.upload(`${HOME}/gifts`, fields, [{ content: photo }]);
  expect(made.statusCode).toBe(303);
  const gift = gone(made).replace('?saved=1', '');
  const page = await manager.get(gift);
  expect(page.body).toContain('等第二个人来验收');
  const own = await manager.submit(`${gift}/inspections`, {
    goods: 'GR001',
    quantity: '4',
    value: '28.00',
    useBy: '',
    outcome: 'passed',
    reason: '',
    idempotencyKey: keyIn(page.body),
  });
  expect([own.statusCode, own.body.includes('接收人不能自己验收')]).toEqual([409, true]);
  const looked = await second.get(gift);
  expect(
    (
      await second.submit(`${gift}/inspections`, {
        goods: 'GR001',
        quantity: '4',
        value: '28.00',
        useBy: '',
        outcome: 'passed',
        reason: '',
        idempotencyKey: keyIn(looked.body),
      })
    ).statusCode,
  ).toBe(303);
  expect((await second.submit(`${gift}/steps`, { step: 'trace' })).statusCode).toBe(403);
  const shelving = await manager.get(gift);
  expect(
    (
      await manager.submit(`${gift}/shelvings`, {
        goods: 'GR001',
        quantity: '4',
        value: '28.00',
        useBy: '',
        voucher: '',
        idempotencyKey: keyIn(shelving.body),
      })
    ).statusCode,
  ).toBe(303);
  const traced = await manager.submit(`${gift}/steps`, { step: 'trace', idempotencyKey: crypto.randomUUID() });
  expect(traced.statusCode).toBe(303);
  const receipt = await manager.get(`${gift}/receipt`);
  expect(receipt.body).toContain('壹佰壹拾贰元整');
  expect((await manager.get(`${gift}/letter`)).body).toContain('信里只写户数，不写名字');
  const list = await nobody.get(`${HOME}/donations`);
  expect(list.body).toContain('爱心人士 ZHX');
  expect(list.body).not.toContain('郑好心');
  expect((await nobody.get(`${HOME}/donations?q=郑好心`)).body).toContain('还没有捐赠');
  expect((await nobody.get(`${HOME}/funds`)).body).toContain('社会捐赠');
  expect((await donor.get('/my-gifts')).body).toContain('大米');
  expect((await donor.get(`${HOME}/gifts`)).statusCode).toBe(403);
  expect((await donor.get(`${HOME}/cards`)).statusCode).toBe(403);
  await checkWorld(world.database.ownerSql);
});

test('a letter of thanks for money says what was spent and what is not, and the next slip is proposed', async () => {
  const [ids] = await world.db.sql<{ villageId: number; donor: string; by: number; leader: number }[]>`
    select village_id as "villageId",
           public_id as donor,
           (select person_id from person where username = ${people.manager}) as by,
           (select person_id from person where username = 'willow-leader') as leader
      from donor
     limit 1`;
  const { villageId = 0, donor: publicId = '', by = 0, leader = 0 } = ids ?? {};
  const today = villageDay(new Date());
  let steps = 0;
  const go = async (step: Parameters<typeof recordGift>[1]['step'], recordedBy = by) => {
    steps += 1;
    const input = { villageId, recordedBy, today, idempotencyKey: `money-${steps}`, step };
    return (await must(recordGift(world.db, input))).acts[0]?.seq ?? 0;
  };
  const announced = { donor: publicId, fund: 'donation', wish: '', isThere: true } as const;
  const giftSeq = await go({ step: 'announce', ...announced, kind: 'money', lines: [], fen: 50_000 });
  await go({ step: 'inspect', giftSeq, passed: true, lines: [], reason: '' }, leader);
  await go({ step: 'spend', giftSeq, fen: 9_000, purpose: 'goods', invoice: 'HQ-0091', seller: '县城批发部' });
  const shelving = { villageId, giftSeq, recordedBy: by, recorderName: '', today, idempotencyKey: 'money-shelf' };
  const lines = [{ code: 'WA003', quantity: 10, unitValueFen: 600 }];
  await must(shelveGift(world.db, { ...shelving, lines, voucher: 7_001 }));
  const page = await manager.get(`${HOME}/gifts/${giftSeq}`);
  expect([findHtmlFaults(page.body), /name="voucher"[^>]*value="7002"/.test(page.body)]).toEqual([[], true]);
  await go({ step: 'trace', giftSeq });
  const letter = await manager.get(`${HOME}/gifts/${giftSeq}/letter`);
  expect(letter.body).toContain('花了 90 元，买来的东西在货架上，等村民来换；还没花的有 410 元');
  await checkWorld(world.database.ownerSql);
});

test('a villager wishes from the card, staff check, a donor promises, and the thanks stand on the wall', async () => {
  const [card] = await world.db.sql<{ token: string }[]>`select token from card where number = ${cards.单小花}`;
  const at = `/C/${card?.token}/wishes`;
  const form = await nobody.get(at);
  expect(form.statusCode).toBe(200);
  const wish = {
    kind: 'goods',
    words: '单小花天冷，想要一床棉被',
    contact: '13800001234',
    idempotencyKey: keyIn(form.body),
  };
  expect((await nobody.upload(at, { ...wish, words: '' }, [])).statusCode).toBe(422);
  const sent = await nobody.upload(at, wish, [{ content: photo }]);
  expect([sent.statusCode, gone(sent)]).toEqual([303, `${at}?sent=1`]);
  expect((await nobody.get(at)).body).toContain('等核实');
  expect((await nobody.get(`${HOME}/wishes`)).body).not.toContain('棉被');

  const desk = await manager.get(`${HOME}/wish-desk`);
  const wishHref = /href="([^"]+\/wishes\/[A-Z2-9]{16})"/.exec(desk.body)?.[1] ?? '';
  const page = await manager.get(wishHref);
  expect(page.body).toContain('13800001234');
  expect(page.body).toContain(wish.words);
  const check = { step: 'check', wall: 'now', item: '', idempotencyKey: keyIn(page.body) };
  const named = await manager.upload(`${wishHref}/steps`, { ...check, words: wish.words }, []);
  expect([named.statusCode, named.body.includes('请去掉，只写要什么')]).toEqual([422, true]);
  expect((await manager.upload(`${wishHref}/steps`, { ...check, words: '一位老人想要一床棉被' }, [])).statusCode).toBe(
    303,
  );

  const wall = await nobody.get(`${HOME}/wishes`);
  expect(wall.body).toContain('一位老人想要一床棉被');
  for (const secret of ['单小花', '13800001234', cards.单小花, '我来认领']) expect(wall.body).not.toContain(secret);
  const offered = await donor.get(`${HOME}/wishes`);
  const claimed = await donor.submit(`${wishHref}/claims`, { idempotencyKey: keyIn(offered.body) });
  expect(claimed.statusCode).toBe(303);
  expect((await donor.get('/my-gifts')).body).toContain('单小花');
  expect((await donor.get(wishHref)).statusCode).toBe(403);
  expect((await manager.submit(`${wishHref}/claims`, {})).statusCode).toBe(403);

  const delivering = await manager.get(wishHref);
  expect(findHtmlFaults(delivering.body)).toEqual([]);
  expect(delivering.body).toMatch(/<option value="\d+">第 \d+ 号，[^<]*大米/);
  expect(delivering.body).toContain('这一户还没有兑换过');
  expect(
    (
      await manager.submit(`${wishHref}/deliveries`, {
        as: 'gift',
        ofGift: '',
        redemption: '',
        idempotencyKey: crypto.randomUUID(),
      })
    ).statusCode,
  ).toBe(303);
  expect((await donor.get('/my-gifts')).body).not.toContain('单小花');
  const echoed = await manager.upload(
    `${wishHref}/steps`,
    { step: 'echo', words: '棉被很暖和', idempotencyKey: crypto.randomUUID() },
    [{ content: photo }],
  );
  expect(echoed.statusCode).toBe(303);
  const echoes = await nobody.get(`${HOME}/echoes`);
  expect(echoes.body).toContain('棉被很暖和');
  const picture = /src="([^"]+\/pictures\/[A-Z2-9]{16})"/.exec(echoes.body)?.[1] ?? '';
  expect((await nobody.get(picture)).statusCode).toBe(200);
  expect((await nobody.get(`${HOME}/acts`)).body).not.toContain('单小花想要');
  expect((await manager.get(`${HOME}/purchase-list`)).statusCode).toBe(200);
  await checkWorld(world.database.ownerSql);
});

test('a form with files from another site, or without the token of ours, is refused and keeps nothing', async () => {
  const [before] = await world.db.sql`select count(*) as photos from photo`;
  const fresh = await world.browser();
  const answer = await fresh.upload(`/C/${'A'.repeat(26)}/wishes`, { words: '想要' }, [{ content: photo }]);
  expect(answer.statusCode).toBe(403);
  expect(await world.db.sql`select count(*) as photos from photo`).toEqual([before]);
});
