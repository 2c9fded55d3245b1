/** Which members each type of entry has, in version 1: exactly these, integers only, no free text. */

import type { GivingType, LeafType } from './leaf.ts';
import {
  type Check,
  code,
  day,
  digests,
  integer,
  isObject,
  lines,
  misfit,
  nonZero,
  oneOf,
  text,
  time,
} from './leaf-checks.ts';

export const COMMON: Record<string, Check> = {
  v: (value) => value === 1,
  id: text(/^[A-Z2-9]{16}$/),
  type: () => true,
  at: time,
  occurred: day,
  commit: digests,
};

const account = text(/^[0-9a-f]{32}$/);

/** They come together or not at all: what moves points says whose, how many, and which entry of that account it is. */
export const ENTRY: Record<string, Check> = { acct: account, delta: nonZero, n: integer(1) };

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

/** Why points are given, where it is more than a rule. */
const BECAUSE = { round: integer(0), activity: integer(0) };

const times = integer(2);

/** For how many of the rule's units points are given, and what sets free what is not earned. */
const MORE = { times, match: integer(1) };

const honor = oneOf(
  'five_good_family',
  'mother_in_law',
  'daughter_in_law',
  'civilized_household',
  'out_of_poverty',
  'model_household',
  'commended',
  'other',
);

const members: Check = (value) =>
  Array.isArray(value) && value.length > 0 && value.length <= 99 && value.every((one) => account(one));

/** How often, or how many points, each person can have in one period. */
const personCap: Check = (value) => {
  if (!isObject(value) || !('count' in value || 'points' in value)) return false;
  const numbers = Object.keys(value).filter((name) => name === 'count' || name === 'points');
  const period = oneOf('day', 'week', 'month', 'quarter', 'year', 'occasion');
  return (
    misfit(value, { per: oneOf('person'), period, ...Object.fromEntries(numbers.map((n) => [n, integer(1)])) }) === null
  );
};

const aboutClaim = (members: Record<string, Check> = {}) =>
  ({ members: { acct: account, claim: claimName, ...members }, entry: 'never' }) as const;

/** An act that moves no points may still be about one account. */
const ABOUT = { members: { acct: account }, entry: 'never' } as const;

const seed = text(/^[0-9a-f]{32}$/);
const seq = integer(0);
const isTrue: Check = (value) => value === true;
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

export const FORMS: Readonly<Record<LeafType, Form>> = {
  ...GIVING,
  'village.open': {
    members: { opening: integer(0), rate: integer(1) },
    optional: { earnedMonths: integer(1), openingMonths: integer(1) },
    entry: 'never',
  },
  'points.open': { members: {}, entry: 'perhaps' },
  'points.award': {
    members: { rule: code, version: integer(1) },
    optional: { ...WAITED, ...BECAUSE, ...MORE, member: account, photos },
    entry: 'always',
  },
  'points.deduct': {
    members: { rule: code, version: integer(1) },
    optional: { ...WAITED, times, reminder: integer(0), urgent: isTrue, beyond: integer(1), member: account, photos },
    entry: 'always',
  },
  'reminder.give': plain({ acct: account, rule: code, version: integer(1), due: day }),
  'reminder.close': plain({ acct: account, reminder: integer(0) }),
  'points.redeem': {
    members: { goods: redeemed },
    optional: { proxy: oneOf('family', 'neighbour', 'cadre'), photos, hold: integer(0), paper: integer(1) },
    entry: 'perhaps',
  },
  'points.hold': { members: { goods: redeemed, until: day }, entry: 'always' },
  'points.reverse': {
    members: {
      of: oneOf('points.award', 'points.deduct', 'points.redeem', 'points.hold', 'points.expire', 'points.pend'),
      reverses: integer(0),
    },
    optional: { cause: oneOf('cancelled', 'lapsed', 'fetched') },
    entry: 'always',
  },
  'points.expire': { members: {}, entry: 'always' },
  'points.transfer': {
    members: { cause: oneOf('split', 'merge') },
    optional: { pieces, owed: isTrue },
    entry: 'always',
  },
  'points.return': { members: {}, entry: 'always' },
  'points.convert': { members: { was: integer(1), rate: integer(1) }, entry: 'always' },
  'points.settle': { members: { claim: claimName }, entry: 'always' },
  'account.freeze': ABOUT,
  'account.unfreeze': ABOUT,
  'account.close': ABOUT,
  'card.recall': ABOUT,
  'card.replace': ABOUT,
  'household.split': plain({ acct: account, from: account }, { members }),
  'household.merge': plain({ acct: account, into: account }, { members }),
  'household.leave': plain({ acct: account }, { members }),
  'household.join': plain({ acct: account, members, arrived: integer(0) }),
  'household.correct': plain({ acct: account, member: account }),
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
  'goods.add': {
    members: { item: code, price: integer(1), contentHash: text(/^[0-9a-f]{64}$/) },
    optional: { waits: isTrue },
    entry: 'never',
  },
  'goods.rename': plain({ item: code, contentHash: text(/^[0-9a-f]{64}$/) }),
  'goods.price': {
    members: { item: code, price: integer(1), effective: day, method: oneOf('rate', 'hand', 'newRate', 'first') },
    entry: 'never',
  },
  'goods.terms': {
    members: { item: code },
    optional: { monthMax: integer(1), yearMax: integer(1), reorder: integer(0) },
    entry: 'never',
  },
  'goods.restrict': { members: { item: code }, entry: 'never' },
  handover: { members: { role: post, stocktake: integer(0), open: integer(0) }, entry: 'never' },
  'handover.waive': { members: { role: post }, entry: 'never' },
  'claim.submit': { ...aboutClaim(), optional: { ...BECAUSE, ...MORE, photos } },
  'claim.pass': aboutClaim({ step: oneOf('record', 'group', 'committee', 'supervisor') }),
  'claim.return': aboutClaim(),
  'claim.withdraw': aboutClaim(),
  'claim.post': {
    members: { sheet: integer(1), lines: lines({ claim: claimName, clears: day, until: day }) },
    optional: { photos },
    entry: 'never',
  },
  'claim.convert': aboutClaim({ was: integer(1), rate: integer(1) }),
  'points.pend': {
    members: { rule: code, version: integer(1), claim: claimName },
    optional: { earned: day, ...MORE },
    entry: 'always',
  },
  'points.clear': { members: { claim: claimName }, entry: 'always' },
  'objection.file': aboutClaim({ objection: claimName }),
  'objection.answer': aboutClaim({ objection: claimName, outcome: oneOf('upheld', 'dismissed') }),
  'kin.declare': { members: {}, entry: 'never' },
  'duties.waive': {
    members: {
      duties: (value) =>
        Array.isArray(value) && value.every(oneOf('own_entry', 'second_approver', 'relatives', 'solvency_stop')),
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
    optional: { cap: personCap },
    entry: 'never',
  },
  'rate.change': plain({
    rate: integer(1),
    was: integer(1),
    opening: integer(0),
    before: (value) => Number.isSafeInteger(value),
    after: (value) => Number.isSafeInteger(value),
    rounding: integer(0),
  }),
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
    optional: { acct: account, act: seq, photos, warning: text(/^[a-zA-Z]{1,40}$/), item: code },
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
  'honor.open': plain({ honor, rule: code, closes: day }),
  'honor.nominate': plain({ acct: account, round: seq }),
  'honor.close': plain({
    round: seq,
    honor,
    outcome: oneOf('decided', 'abandoned'),
    awards: integer(0),
    points: integer(0),
  }),
  'honor.award': { members: { round: seq, nomination: seq, honor }, entry: 'always' },
  'honor.backfill': { members: { rule: code, version: integer(1) }, optional: { times }, entry: 'always' },
  'honor.withdraw': { members: { award: seq, honor }, entry: 'always' },
  'honor.move': { members: { cause: oneOf('merge') }, entry: 'always' },
  activity: plain(
    { kind: oneOf('labour', 'meeting', 'training', 'culture', 'volunteering', 'other'), attended: integer(1) },
    { rule: code, photos },
  ),
  'activity.member': plain({ acct: account, activity: seq }),
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

function isSetting(value: unknown): boolean {
  if (typeof value === 'string') return /^[a-z0-9-]{1,60}$/.test(value);
  return value === null || typeof value === 'boolean' || Number.isSafeInteger(value);
}
