/**
 * Claims: redemptions over the API do at least 0.6 of the same posting calls made without HTTP, spread over 47 villages and in one
 * busy village; one award to 500 households in one request takes at most twice the bare posting call.
 */
import { randomUUID } from 'node:crypto';
import { awardPoints } from '../../src/awards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { type BenchVillage, GOODS } from './bench-county.ts';
import { type BenchServer, withBenchServer } from './bench-server.ts';
import { CLIENTS, median, millisecondsOf, rateOf, report, SECONDS, sideBySide, WARM_SECONDS } from './measure.ts';
import { catchBody, type PostingBody, postBare } from './posting-bodies.ts';
import { openRawClient, post } from './raw-http.ts';

const LINES = [{ code: GOODS, quantity: 1 }];
const today = villageDay(new Date());
const AWARDS_A_ROUND = 3;
/** More than a round can post. */
const BODIES = Number(process.env.BENCH_BODIES ?? 1_000 * SECONDS);

await withBenchServer(async (bench) => {
  const [busy] = bench.villages;
  if (!busy) throw new Error('there is no village');
  await compareRedemptions(bench, 'redemptions of 32 clients over 47 villages, HTTP / bare posting', bench.villages);
  await compareRedemptions(bench, 'redemptions of 32 clients in one village, HTTP / bare posting', [busy]);
  await compareAwards(bench, busy);
});

/** Each client works its way through the villages from a place of its own, and through their cards. */
function place(villages: readonly BenchVillage[], client: number, turn: number) {
  const village = villages[(client * 3 + turn) % villages.length] as BenchVillage;
  const card = village.cards[(client * 7 + turn) % village.cards.length] as string;
  return { village, card };
}

async function compareRedemptions({ server, sql, tokenOf }: BenchServer, claim: string, villages: BenchVillage[]) {
  const clients = Array.from({ length: CLIENTS }, () => openRawClient(server.address));
  const turns = Array.from({ length: CLIENTS }, () => 0);
  const next = (client: number) => {
    const turn = (turns[client] ?? 0) + 1;
    turns[client] = turn;
    return place(villages, client, turn);
  };
  const overHttp = () =>
    rateOf(CLIENTS, async (client) => {
      const { village, card } = next(client);
      const path = `/api/v1/villages/${village.code}/redemptions`;
      const headers = { authorization: `Bearer ${tokenOf(village)}`, 'idempotency-key': randomUUID() };
      const request = post(path, { card, lines: [{ goods: GOODS, quantity: 1 }] }, headers);
      const answer = await clients[client]?.send(request);
      if (answer?.status !== 201) throw new Error(`answered ${answer?.status}: ${answer?.body()}`);
    });
  const bare = async () => {
    const bodies: PostingBody[] = [];
    while (bodies.length < BODIES) {
      const made = Array.from({ length: 100 }, (_, n) => {
        const { village, card } = next(n % CLIENTS);
        const { villageId, managerId } = village;
        const input = { villageId, recordedBy: managerId, idempotencyKey: randomUUID(), today, card, lines: LINES };
        return catchBody(sql, (db) => redeemGoods(db, input));
      });
      bodies.push(...(await Promise.all(made)));
    }
    return rateOf(CLIENTS, async () => {
      const body = bodies.pop();
      if (!body) throw new Error('out of bodies: raise BENCH_BODIES');
      await postBare(sql, body);
    });
  };
  const { one, other, ratio } = await sideBySide(overHttp, bare);
  report(claim, `${Math.round(one)}/s and ${Math.round(other)}/s`, ratio, '>=', 0.6);
  for (const client of clients) client.close();
}

async function compareAwards({ server, sql, tokenOf }: BenchServer, village: BenchVillage) {
  const client = openRawClient(server.address);
  const { villageId, managerId, cards, code } = village;
  const award = { rule: 'AD-HON-03', cards };
  const overHttp = async () => {
    const headers = { authorization: `Bearer ${tokenOf(village)}`, 'idempotency-key': randomUUID() };
    const request = post(`/api/v1/villages/${code}/awards`, award, headers);
    return millisecondsOf(async () => {
      const answer = await client.send(request);
      if (answer.status !== 201) throw new Error(answer.body());
    });
  };
  const bare = async () => {
    const input = {
      ...award,
      villageId,
      recordedBy: managerId,
      idempotencyKey: randomUUID(),
      today,
      occurredOn: today,
    };
    const body = await catchBody(sql, (db) => awardPoints(db, input));
    return millisecondsOf(() => postBare(sql, body));
  };
  const several = (work: () => Promise<number>) => async () => {
    const times: number[] = [];
    for (let time = 0; time < AWARDS_A_ROUND; time += 1) times.push(await work());
    return median(times);
  };
  // Not for as long as exchanges: each award is 500 times as much, and limits are counted over all of the day's.
  const { one, other, ratio } = await sideBySide(several(overHttp), several(bare), WARM_SECONDS / 10);
  report(
    'one award to 500 households, HTTP / bare posting',
    `${one.toFixed(1)} ms and ${other.toFixed(1)} ms`,
    ratio,
    '<=',
    2,
  );
  client.close();
}
