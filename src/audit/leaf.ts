/**
 * The closed form of an entry, version 1: canonical JSON (RFC 8785) with exactly the members that its type has, integers only,
 * no free text. An entry that says more or less, or says it in other bytes, is refused.
 */
import { Found } from './finding.ts';

export interface GoodsLine {
  code: string;
  quantity: number;
  /** Of a redemption, in hundredths of a point each. */
  price?: number;
  /** Of a receipt, in fen each. */
  value?: number;
}

/** Points that came from another household: how old they are there. */
export interface Piece {
  kind: 'earned' | 'opening';
  day: string;
  centipoints: number;
}

export interface Leaf {
  v: 1;
  id: string;
  type: LeafType;
  at: string;
  occurred: string;
  commit: string[];
  acct?: string;
  delta?: number;
  n?: number;
  goods?: GoodsLine[];
  of?: LeafType;
  reverses?: number;
  rule?: string;
  /** Of a rule's new version: what it gives or takes from its effective day on; 0 ends it. */
  points?: number;
  effective?: string;
  source?: string;
  /** Of a receipt: out of which pocket, and the entry of the gift that it is. */
  fund?: string;
  giftSeq?: number;
  /** Number of its paper slip, and how a second person comes to look at it. */
  voucher?: number;
  checked?: 'witness' | 'later';
  /** Of a second look: the entry that it is about; of a delivery: the exchange whose goods were fetched. */
  receipt?: number;
  redemption?: number;
  /** Of goods: which, and what they cost from a day on. */
  item?: string;
  price?: number;
  /** Of an exchange: goods that are kept until this day. */
  pickUpBy?: string;
  /** Of a count: how much of the record the counted stock belongs to. */
  cursor?: number;
  stocktake?: number;
  /** Of what waited for the village's word: which, and the day on which it was earned where that is another one. */
  claim?: string;
  earned?: string;
  objection?: string;
  outcome?: 'upheld' | 'dismissed' | 'passed' | 'refused' | 'good' | 'bad' | 'finding';
  /** What hangs on the board: from which day each line counts, and until when somebody may object. */
  sheet?: number;
  lines?: { claim: string; clears: string; until: string }[];
  /** Of a visit: how many go, what they marked, and what follows from it. */
  assessors?: number;
  plan?: number;
  marks?: number[][];
  median?: number[];
  total?: number;
  pass?: number;
  noZero?: boolean;
  passed?: boolean;
  revisit?: string;
  /** Of what was set for the village: the values that became others. */
  values?: Record<string, string | number | boolean | null>;
  /** The entry that found the problem. */
  problem?: number;
  /** Of a sample: what it is drawn by, and how many of each kind; then which of it was looked at. */
  seed?: string;
  exchanges?: number;
  awards?: number;
  lots?: number;
  draw?: number;
  line?: number;
  earnedMonths?: number;
  openingMonths?: number;
  cause?: 'split' | 'merge';
  pieces?: Piece[];
  /** The account that another household's account was split off. */
  from?: string;
  /** The account into which a household went over. */
  into?: string;
  month?: string;
  version?: number;
  contentHash?: string;
  /** Of gifts: the entry that announced it, who gives, what it is worth, and what money was spent on. */
  gift?: number;
  donor?: string;
  kind?: string;
  fen?: number;
  purpose?: string;
  left?: number;
  /** Of wishes: which, until when somebody promised it, and how it was fulfilled. */
  until?: string;
  wish?: string;
  as?: 'gift' | 'points';
  ofGift?: number;
  /** Of a county's log: what a village's log has signed, and with which key. */
  checkpoint?: string;
  vkey?: string;
  village?: string;
  /** Of a log that goes on for another one: what that one signed last, and the key that signs from here on. */
  origin?: string;
  size?: number;
  root?: string;
  successor?: string;
}

export type GivingType =
  | 'gift.announce'
  | 'gift.receive'
  | 'gift.inspect'
  | 'gift.spend'
  | 'gift.trace'
  | 'gift.report'
  | 'wish.file'
  | 'wish.check'
  | 'wish.open'
  | 'wish.decline'
  | 'wish.claim'
  | 'wish.release'
  | 'wish.deliver'
  | 'wish.echo'
  | 'wish.close';

export type LeafType =
  | 'village.open'
  | 'points.open'
  | 'points.award'
  | 'points.deduct'
  | 'points.redeem'
  | 'points.reverse'
  | 'points.expire'
  | 'points.transfer'
  | 'points.return'
  | 'account.freeze'
  | 'account.unfreeze'
  | 'account.close'
  | 'card.recall'
  | 'card.replace'
  | 'household.split'
  | 'household.merge'
  | 'household.leave'
  | 'stock.in'
  | 'stock.reverse'
  | 'stock.check'
  | 'stock.adjust'
  | 'stock.writeoff'
  | 'stocktake'
  | 'goods.price'
  | 'goods.terms'
  | 'goods.restrict'
  | 'goods.deliver'
  | 'handover'
  | 'handover.waive'
  | 'claim.submit'
  | 'claim.pass'
  | 'claim.return'
  | 'claim.withdraw'
  | 'claim.post'
  | 'points.pend'
  | 'points.clear'
  | 'objection.file'
  | 'objection.answer'
  | 'kin.declare'
  | 'duties.waive'
  | 'rule.change'
  | 'names.change'
  | 'settings.change'
  | GivingType
  | 'inspection.plan'
  | 'inspection.result'
  | 'problem.find'
  | 'problem.assign'
  | 'problem.fix'
  | 'problem.check'
  | 'problem.close'
  | 'problem.defer'
  | 'sample.draw'
  | 'sample.check'
  | 'publication'
  | 'log.checkpoint'
  | 'log.begin'
  | 'erasure';

type Check = (value: unknown) => boolean;

const text =
  (form: RegExp): Check =>
  (value) =>
    typeof value === 'string' && form.test(value);
const integer =
  (least: number): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= least;
const nonZero: Check = (value) => Number.isSafeInteger(value) && value !== 0;
const oneOf =
  (...choices: string[]): Check =>
  (value) =>
    choices.includes(value as string);
const day: Check = (value) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && isTime(`${value}T00:00:00.000Z`);
const time: Check = (value) => typeof value === 'string' && isTime(value);
const code = text(/^[A-Za-z0-9._-]{1,64}$/);
const digests: Check = (value) =>
  Array.isArray(value) &&
  value.every((digest, place) => /^[\w-]{43}$/.test(String(digest)) && (place === 0 || value[place - 1] < digest));
const lines =
  (members: Record<string, Check>): Check =>
  (value) =>
    Array.isArray(value) && value.length > 0 && value.every((line) => misfit(line, members) === null);

const COMMON: Record<string, Check> = {
  v: (value) => value === 1,
  id: text(/^[A-Z2-9]{16}$/),
  type: () => true,
  at: time,
  occurred: day,
  commit: digests,
};

const account = text(/^[0-9a-f]{32}$/);

/** They come together or not at all: what moves points says whose, how many, and which entry of that account it is. */
const ENTRY: Record<string, Check> = { acct: account, delta: nonZero, n: integer(1) };

const redeemed = lines({ code, price: integer(0), quantity: integer(1) });
const photos = lines({ photo: text(/^[A-Z2-9]{16}$/), sha256: text(/^[0-9a-f]{64}$/) });

const fund = oneOf(
  'donation',
  'poverty_office',
  'civil_affairs',
  'village_collective',
  'government',
  'partner_unit',
  'other',
);

const received = lines({ code, quantity: integer(1), value: integer(0) });

/** Why there is more or less than the books say. */
const cause = oneOf('damaged', 'expired', 'unrecorded', 'miscounted', 'lost', 'recalled', 'unexplained', 'other');

const post = oneOf('manager', 'storekeeper');

const CHECKPOINT_ENTRY: Record<string, Check> = {
  checkpoint: text(/^[^\s+]{1,200}\n\d{1,16}\n[A-Za-z0-9+/]{43}=\n\n(— [^\s+]{1,200} [A-Za-z0-9+/=]{1,200}\n){1,4}$/),
  vkey: text(/^[^+\s]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/),
  village: text(/^\d{12}$/),
};

const vkey = text(/^[^+\s]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/);

const PREDECESSOR: Record<string, Check> = {
  origin: text(/^[^\s+]{1,200}$/),
  size: integer(0),
  root: text(/^[A-Za-z0-9+/]{43}=$/),
  vkey,
  successor: vkey,
};

/** By name: which there are is for the village to say, what each can be is closed. */
const settings: Check = (value) =>
  isObject(value) &&
  Object.keys(value).length > 0 &&
  Object.entries(value).every(([name, set]) => /^[a-z][A-Za-z]{1,60}$/.test(name) && isSetting(set));

const pieces = lines({ kind: oneOf('earned', 'opening'), day, centipoints: integer(1) });

const claimName = text(/^[A-Z2-9]{16}$/);

const WAITED = { claim: claimName, earned: day };

const aboutClaim = (members: Record<string, Check> = {}) =>
  ({ members: { acct: account, claim: claimName, ...members }, entry: 'never' }) as const;

/** An act that moves no points may still be about one account. */
const ABOUT = { members: { acct: account }, entry: 'never' } as const;

const seed = text(/^[0-9a-f]{32}$/);
const seq = integer(0);
const isBoolean: Check = (value) => typeof value === 'boolean';
const mark: Check = (value) => value === 0 || value === 1 || value === 2;
const listOf =
  (each: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length > 0 && value.every((one) => each(one));
const monthText = text(/^\d{4}-(0[1-9]|1[0-2])$/);

interface Form {
  members: Record<string, Check>;
  /** Members that an entry of this type may also do without. */
  optional?: Record<string, Check>;
  entry: 'always' | 'never' | 'perhaps';
}

/** An act that moves nothing by itself. */
const plain = (members: Record<string, Check>, optional: Record<string, Check> = {}): Form => ({
  members,
  optional,
  entry: 'never',
});

const aboutGift = (members: Record<string, Check> = {}, optional: Record<string, Check> = {}) =>
  plain({ gift: integer(0), ...members }, { photos, ...optional });

const aboutWish = (members: Record<string, Check> = {}, optional: Record<string, Check> = {}) =>
  plain({ wish: claimName, ...members }, optional);

/** 捐赠、心愿: who gives stands there under a drawn name, who wishes not at all. */
const GIVING: Readonly<Record<GivingType, Form>> = {
  'gift.announce': aboutGift(
    { donor: claimName, kind: oneOf('goods', 'money'), fund, fen: integer(1) },
    { goods: received },
  ),
  'gift.receive': aboutGift({ receipt: integer(1), fen: integer(1) }, { goods: received }),
  'gift.inspect': aboutGift({ outcome: oneOf('passed', 'refused'), fen: integer(0) }, { goods: received }),
  'gift.spend': aboutGift({ fen: integer(1), purpose: oneOf('goods', 'transport', 'packing', 'other') }),
  'gift.trace': aboutGift({
    pieces: integer(0),
    households: integer(0),
    fen: integer(0),
    left: integer(0),
    lost: (value) => Number.isSafeInteger(value),
  }),
  'gift.report': aboutGift(),
  'wish.file': aboutWish({ kind: oneOf('goods', 'help', 'advice'), whose: text(/^[0-9a-f]{64}$/) }),
  'wish.check': aboutWish(),
  'wish.open': aboutWish({}, { item: code }),
  'wish.decline': aboutWish(),
  'wish.claim': aboutWish({ donor: claimName, until: day }),
  'wish.release': aboutWish(),
  'wish.deliver': aboutWish({ as: oneOf('gift', 'points') }, { ofGift: integer(0), redemption: integer(0) }),
  'wish.echo': aboutWish({}, { photos }),
  'wish.close': aboutWish(),
};

const FORMS: Readonly<Record<LeafType, Form>> = {
  ...GIVING,
  'village.open': {
    members: { opening: integer(0), rate: integer(1) },
    optional: { earnedMonths: integer(1), openingMonths: integer(1) },
    entry: 'never',
  },
  'points.open': { members: {}, entry: 'perhaps' },
  'points.award': { members: { rule: code, version: integer(1) }, optional: WAITED, entry: 'always' },
  'points.deduct': { members: { rule: code, version: integer(1) }, optional: WAITED, entry: 'always' },
  'points.redeem': {
    members: { goods: redeemed },
    optional: { proxy: oneOf('family', 'neighbour', 'cadre'), pickUpBy: day },
    entry: 'perhaps',
  },
  'points.reverse': {
    members: {
      of: oneOf('points.award', 'points.deduct', 'points.redeem', 'points.expire', 'points.pend'),
      reverses: integer(0),
    },
    entry: 'always',
  },
  'points.expire': { members: {}, entry: 'always' },
  'points.transfer': { members: { cause: oneOf('split', 'merge') }, optional: { pieces }, entry: 'always' },
  'points.return': { members: {}, entry: 'always' },
  'account.freeze': ABOUT,
  'account.unfreeze': ABOUT,
  'account.close': ABOUT,
  'card.recall': ABOUT,
  'card.replace': ABOUT,
  'household.split': { members: { acct: account, from: account }, entry: 'never' },
  'household.merge': { members: { acct: account, into: account }, entry: 'never' },
  'household.leave': ABOUT,
  'stock.in': {
    members: { goods: received, source: oneOf('donation', 'purchase') },
    optional: {
      fund,
      giftSeq: integer(0),
      voucher: integer(1),
      invoice: code,
      checked: oneOf('witness', 'later'),
      photos,
    },
    entry: 'never',
  },
  'stock.reverse': { members: { of: oneOf('stock.in', 'points.redeem'), reverses: integer(0) }, entry: 'never' },
  'stock.check': { members: { receipt: integer(0) }, entry: 'never' },
  'stock.adjust': {
    members: { goods: lines({ code, quantity: nonZero }), cause, stocktake: integer(0) },
    entry: 'never',
  },
  'stock.writeoff': { members: { goods: lines({ code, quantity: integer(1) }), reason: cause }, entry: 'never' },
  stocktake: {
    members: {
      kind: oneOf('first', 'monthly', 'yearly', 'handover'),
      cursor: integer(0),
      counted: integer(1),
      surplusFen: integer(0),
      shortageFen: integer(0),
    },
    entry: 'never',
  },
  'goods.price': {
    members: { item: code, price: integer(1), effective: day, method: oneOf('rate', 'hand') },
    entry: 'never',
  },
  'goods.terms': {
    members: { item: code },
    optional: { monthMax: integer(1), yearMax: integer(1), reorder: integer(0) },
    entry: 'never',
  },
  'goods.restrict': { members: { item: code }, entry: 'never' },
  'goods.deliver': { members: { redemption: integer(0) }, entry: 'never' },
  handover: { members: { role: post, stocktake: integer(0), open: integer(0) }, entry: 'never' },
  'handover.waive': { members: { role: post }, entry: 'never' },
  'claim.submit': aboutClaim(),
  'claim.pass': aboutClaim({ step: oneOf('record', 'group', 'committee', 'supervisor') }),
  'claim.return': aboutClaim(),
  'claim.withdraw': aboutClaim(),
  'claim.post': {
    members: { sheet: integer(1), lines: lines({ claim: claimName, clears: day, until: day }) },
    entry: 'never',
  },
  'points.pend': {
    members: { rule: code, version: integer(1), claim: claimName },
    optional: { earned: day },
    entry: 'always',
  },
  'points.clear': { members: { claim: claimName }, entry: 'always' },
  'objection.file': aboutClaim({ objection: claimName }),
  'objection.answer': aboutClaim({ objection: claimName, outcome: oneOf('upheld', 'dismissed') }),
  'kin.declare': { members: {}, entry: 'never' },
  'duties.waive': {
    members: {
      duties: (value) => Array.isArray(value) && value.every(oneOf('own_entry', 'second_approver', 'relatives')),
      until: day,
    },
    entry: 'never',
  },
  'rule.change': {
    members: {
      rule: code,
      version: integer(1),
      points: (value) => Number.isSafeInteger(value),
      effective: day,
      contentHash: text(/^[0-9a-f]{64}$/),
    },
    entry: 'never',
  },
  'settings.change': { members: { values: settings }, entry: 'never' },
  'names.change': { members: { level: (value) => [0, 1, 2, 3].includes(value as number) }, entry: 'never' },
  'inspection.plan': {
    members: { acct: account, assessors: integer(1), due: day },
    optional: { seed },
    entry: 'never',
  },
  'inspection.result': {
    members: {
      acct: account,
      plan: seq,
      checklist: code,
      marks: listOf(listOf(mark)),
      median: listOf(mark),
      total: integer(0),
      pass: integer(1),
      noZero: isBoolean,
      passed: isBoolean,
    },
    optional: { revisit: day, photos },
    entry: 'never',
  },
  'problem.find': {
    members: { origin: oneOf('manual', 'inspection', 'sample', 'stocktake', 'objection', 'warning') },
    optional: { acct: account, act: seq, photos },
    entry: 'never',
  },
  'problem.assign': { members: { problem: seq, due: day }, entry: 'never' },
  'problem.fix': { members: { problem: seq }, optional: { photos }, entry: 'never' },
  'problem.check': { members: { problem: seq, outcome: oneOf('good', 'bad') }, entry: 'never' },
  'problem.close': { members: { problem: seq }, entry: 'never' },
  'problem.defer': { members: { problem: seq, review: day }, entry: 'never' },
  'sample.draw': {
    members: { month: monthText, seed, exchanges: integer(0), awards: integer(0), lots: integer(0) },
    entry: 'never',
  },
  'sample.check': {
    members: { draw: seq, kind: oneOf('exchange', 'award', 'lot'), line: seq, outcome: oneOf('good', 'finding') },
    optional: { item: code },
    entry: 'never',
  },
  publication: {
    members: {
      contentHash: text(/^[0-9a-f]{64}$/),
      month: text(/^\d{4}-(0[1-9]|1[0-2])$/),
      version: integer(1),
    },
    entry: 'never',
  },
  'log.checkpoint': { members: CHECKPOINT_ENTRY, entry: 'never' },
  'log.begin': { members: PREDECESSOR, entry: 'never' },
  erasure: ABOUT,
};

export function parseLeaf(bytes: Buffer, index: number): Leaf {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new Found('leaf', 'its bytes are no JSON text', index);
  }
  if (!Buffer.from(canonical(value)).equals(bytes))
    throw new Found('leaf', 'it is not written in canonical form', index);
  const type = isObject(value) ? value['type'] : undefined;
  const form = typeof type === 'string' && Object.hasOwn(FORMS, type) ? FORMS[type as LeafType] : undefined;
  if (!isObject(value) || !form)
    throw new Found('leaf', `its type ${JSON.stringify(type)} is not one of version 1`, index);
  const hasEntry = form.entry === 'always' || (form.entry === 'perhaps' && 'acct' in value);
  const present = Object.entries(form.optional ?? {}).filter(([name]) => name in value);
  const wrong = misfit(value, {
    ...COMMON,
    ...form.members,
    ...Object.fromEntries(present),
    ...(hasEntry ? ENTRY : {}),
  });
  if (wrong !== null)
    throw new Found('leaf', `its member "${wrong}" is missing, not known, or not of the right form`, index);
  return value as unknown as Leaf;
}

/** The first member that should not be there or is not as it should be; null when all are. */
function misfit(value: unknown, members: Record<string, Check>): string | null {
  if (!isObject(value)) return '';
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(members, name));
  if (unknown !== undefined) return unknown;
  return Object.entries(members).find(([name, check]) => !check(value[name]))?.[0] ?? null;
}

/** RFC 8785 for what JSON.parse gives: members in the order of their UTF-16 code units. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const names = Object.keys(value).sort((left, right) => (left < right ? -1 : 1));
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

function isSetting(value: unknown): boolean {
  if (typeof value === 'string') return /^[a-z0-9-]{1,60}$/.test(value);
  return value === null || typeof value === 'boolean' || Number.isSafeInteger(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTime(value: string): boolean {
  const instant = new Date(value);
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === value;
}
