/**
 * Clients of the API who keep books of their own: what they wished, under which key, and what they were told. An answer that
 * was lost leaves the wish unknown until its key is repeated.
 */
import { setTimeout as sleep } from 'node:timers/promises';

export interface ToldAct {
  seq: number;
  card: string | null;
  amountCentipoints: number;
  /** Null where the answer says nothing about a balance. */
  balanceAfterCentipoints: number | null;
}

export interface Acknowledged {
  operation: string;
  acts: ToldAct[];
  recordedAt: string;
}

export type Told = { acknowledged: Acknowledged } | { refused: string } | 'unknown';

export interface Wish {
  key: string;
  village: string;
  kind: 'awards' | 'redemptions' | 'receipts' | 'reversals';
  body: Record<string, unknown>;
  told: Told;
  /** Every answer that said something definite, repeats included. */
  answers: Told[];
  attempts: number;
}

export interface Shop {
  address: string;
  tokens: Record<string, string>;
}

export interface History {
  wishes: Wish[];
  /** Checkpoints as they were served, by village. */
  checkpoints: Map<string, Set<string>>;
  longestMs: number;
  /** 5xx answers other than 503: the server must know what it says. */
  faults: string[];
  /** Reads of an acknowledged act that did not find it. */
  unseen: string[];
}

export function newHistory(): History {
  return { wishes: [], checkpoints: new Map(), longestMs: 0, faults: [], unseen: [] };
}

const PATIENCE_MS = 15_000;

/** Sends a wish once more under its key and notes what was told. */
export async function send({ address, tokens }: Shop, wish: Wish, history: History): Promise<Told> {
  const begun = performance.now();
  wish.attempts += 1;
  let told: Told = 'unknown';
  try {
    const response = await fetch(`${address}/api/v1/villages/${wish.village}/${wish.kind}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tokens[wish.village]}`,
        'content-type': 'application/json',
        'idempotency-key': wish.key,
      },
      body: JSON.stringify(wish.body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (response.status === 201) told = { acknowledged: readAnswer(wish, answer) };
    else if (response.status < 500) told = { refused: String(answer.code) };
    else if (response.status !== 503) history.faults.push(`${wish.kind}: ${JSON.stringify(answer)}`);
  } catch {
    // The connection was lost, with the answer or before the question: nobody knows.
  }
  history.longestMs = Math.max(history.longestMs, performance.now() - begun);
  if (told !== 'unknown') {
    wish.told = told;
    wish.answers.push(told);
  }
  return told;
}

function readAnswer({ kind }: Wish, answer: Record<string, unknown>): Acknowledged {
  const operation = String(answer.operation);
  const recordedAt = String(answer.recordedAt);
  if (kind === 'awards' || kind === 'reversals') return { operation, recordedAt, acts: answer.acts as ToldAct[] };
  const seq = Number(answer.seq);
  if (kind === 'receipts') {
    return { operation, recordedAt, acts: [{ seq, card: null, amountCentipoints: 0, balanceAfterCentipoints: null }] };
  }
  const act = {
    seq,
    card: String(answer.card),
    amountCentipoints: -Number(answer.spentCentipoints),
    balanceAfterCentipoints: Number(answer.balanceAfterCentipoints),
  };
  return { operation, recordedAt, acts: [act] };
}

export interface Counter {
  village: string;
  cards: readonly string[];
  goods: readonly string[];
}

export interface Load {
  /** Lets the clients finish what they have sent. */
  stop(): Promise<void>;
  /** Acknowledged so far. */
  acknowledged(): number;
}

/** Clients who award, exchange, receive and reverse until they are stopped; unknown wishes are repeated at once or left for later. */
export function startLoad(
  shop: Shop,
  history: History,
  counters: readonly Counter[],
  { clients = 8, seed = 1, pauseMs = 10 } = {},
): Load {
  let isOver = false;
  let acknowledged = 0;
  const work = Array.from({ length: clients }, async (_, index) => {
    const random = mulberry(seed * 1_000 + index);
    const counter = pick(random, counters);
    for (let turn = 0; !isOver; turn += 1) {
      const wish: Wish = {
        key: `${seed}-${index}-${turn}-${Math.floor(random() * 1e9)}`,
        village: counter.village,
        ...chooseAct(random, counter, history),
        told: 'unknown',
        answers: [],
        attempts: 0,
      };
      history.wishes.push(wish);
      let told = await send(shop, wish, history);
      for (let again = 0; told === 'unknown' && random() < 0.5 && again < 3 && !isOver; again += 1) {
        await sleep(50 + random() * 200);
        told = await send(shop, wish, history);
      }
      // Nobody presses again and again while nothing answers.
      if (told === 'unknown') await sleep(200 + random() * 300);
      else if ('acknowledged' in told) {
        acknowledged += 1;
        if (random() < 0.05) await lookAt(shop, wish, history);
      }
      await sleep(random() * 2 * pauseMs);
    }
  });
  const watch = watchCheckpoints(
    shop,
    history,
    counters.map(({ village }) => village),
    () => isOver,
  );
  return {
    acknowledged: () => acknowledged,
    stop: async () => {
      isOver = true;
      await Promise.all([...work, watch]);
    },
  };
}

function chooseAct(random: () => number, counter: Counter, history: History): Pick<Wish, 'kind' | 'body'> {
  const dice = random();
  if (dice < 0.4) {
    const first = Math.floor(random() * counter.cards.length);
    const count = 1 + Math.floor(random() * Math.min(3, counter.cards.length));
    const cards = Array.from({ length: count }, (_, n) => counter.cards[(first + n) % counter.cards.length]);
    return { kind: 'awards', body: { rule: 'AD-HON-03', cards } };
  }
  if (dice < 0.75) {
    const goods = pick(random, counter.goods);
    const quantity = 1 + Math.floor(random() * 2);
    return { kind: 'redemptions', body: { card: pick(random, counter.cards), lines: [{ goods, quantity }] } };
  }
  const target = dice < 0.9 ? lateTarget(random, counter, history) : null;
  if (target) return { kind: 'reversals', body: { operation: target, reason: '记错了' } };
  const lines = counter.goods.map((goods) => ({ goods, quantity: 1 + Math.floor(random() * 6) }));
  return { kind: 'receipts', body: { source: 'purchase', lines } };
}

/** Something of the last minute that was acknowledged, reversed already or not. */
function lateTarget(random: () => number, { village }: Counter, { wishes }: History): string | null {
  for (let tries = 0; tries < 5; tries += 1) {
    const wish = wishes[wishes.length - 1 - Math.floor(random() * Math.min(wishes.length, 60))];
    if (!wish || wish.village !== village || wish.kind === 'reversals') continue;
    if (typeof wish.told === 'object' && 'acknowledged' in wish.told) return wish.told.acknowledged.operation;
  }
  return null;
}

/** Read your own write: what was acknowledged is there for the next reader. */
async function lookAt({ address }: Shop, { village, told }: Wish, history: History): Promise<void> {
  if (typeof told !== 'object' || !('acknowledged' in told)) return;
  const [act] = told.acknowledged.acts;
  try {
    const response = await fetch(`${address}/api/v1/villages/${village}/acts/${act?.seq}`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.arrayBuffer();
    if (response.status === 404) history.unseen.push(`${village} ${act?.seq}`);
  } catch {
    // Nobody answered.
  }
}

async function watchCheckpoints(
  { address }: Shop,
  history: History,
  villages: readonly string[],
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    for (const village of new Set(villages)) {
      try {
        const response = await fetch(`${address}/log/${village}/checkpoint`, { signal: AbortSignal.timeout(5_000) });
        const note = await response.text();
        const kept = history.checkpoints.get(village) ?? new Set();
        if (response.ok) history.checkpoints.set(village, kept.add(note));
      } catch {
        // Nobody answered.
      }
    }
    await sleep(400);
  }
}

/** Repeats the key of every wish whose outcome was ever in doubt, until each has a definite answer. */
export async function settle(shop: Shop, history: History): Promise<void> {
  const doubtful = history.wishes.filter(({ attempts, answers }) => answers.length < attempts);
  const queue = [...doubtful];
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let wish = queue.shift(); wish; wish = queue.shift()) {
        for (let tries = 1; (await send(shop, wish, history)) === 'unknown'; tries += 1) {
          if (tries > 20) throw new Error(`${wish.kind} ${wish.key} gets no definite answer`);
          await sleep(250);
        }
      }
    }),
  );
}

export async function signIn(address: string, username: string, password: string): Promise<string> {
  const response = await fetch(`${address}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  if (response.status !== 201) throw new Error(await response.text());
  return ((await response.json()) as { token: string }).token;
}

function pick<Item>(random: () => number, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** The same numbers for the same seed. */
export function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
