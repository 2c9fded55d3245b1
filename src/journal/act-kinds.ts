import type { ActType } from '../ledger/index.ts';

/** What a reader may pick from the record: one word for each kind of act. */
export const ACT_KINDS = [
  'award',
  'deduction',
  'redemption',
  'receipt',
  'opening',
  'expiry',
  'claim',
  'household',
  'stock',
  'gift',
  'wish',
  'visit',
  'problem',
  'honour',
  'activity',
  'reversal',
  'rules',
  'publication',
] as const;

export type ActKind = (typeof ACT_KINDS)[number];

const TYPES: Readonly<Record<ActKind, readonly ActType[]>> = {
  award: ['points.award'],
  deduction: ['points.deduct', 'reminder.give', 'reminder.close'],
  redemption: ['points.redeem', 'points.hold'],
  receipt: ['stock.in', 'stock.check'],
  opening: ['village.open', 'points.open', 'log.begin'],
  expiry: ['points.expire'],
  claim: [
    'claim.submit',
    'claim.pass',
    'claim.return',
    'claim.withdraw',
    'claim.post',
    'claim.convert',
    'points.pend',
    'points.clear',
    'points.settle',
    'objection.file',
    'objection.answer',
    'kin.declare',
    'duties.waive',
  ],
  household: [
    'account.freeze',
    'account.unfreeze',
    'account.close',
    'card.recall',
    'card.replace',
    'household.split',
    'household.merge',
    'household.leave',
    'household.join',
    'household.correct',
    'points.transfer',
    'points.return',
    'erasure',
  ],
  stock: [
    'stocktake',
    'stock.adjust',
    'stock.writeoff',
    'goods.add',
    'goods.rename',
    'goods.price',
    'goods.terms',
    'goods.restrict',
    'handover',
    'handover.waive',
  ],
  gift: ['gift.announce', 'gift.receive', 'gift.inspect', 'gift.spend', 'gift.trace', 'gift.report'],
  wish: [
    'wish.file',
    'wish.check',
    'wish.open',
    'wish.decline',
    'wish.claim',
    'wish.release',
    'wish.deliver',
    'wish.echo',
    'wish.close',
  ],
  visit: ['inspection.plan', 'inspection.result'],
  problem: [
    'problem.find',
    'problem.assign',
    'problem.fix',
    'problem.check',
    'problem.close',
    'problem.defer',
    'sample.draw',
    'sample.check',
  ],
  honour: [
    'honor.open',
    'honor.nominate',
    'honor.close',
    'honor.award',
    'honor.backfill',
    'honor.withdraw',
    'honor.move',
  ],
  activity: ['activity', 'activity.member'],
  reversal: ['points.reverse', 'stock.reverse'],
  rules: ['rule.change', 'rate.change', 'points.convert', 'names.change', 'settings.change'],
  publication: ['publication'],
};

export function typesOfKind(kind: ActKind): readonly ActType[] {
  return TYPES[kind];
}

export function kindOf(type: ActType): ActKind {
  const kind = ACT_KINDS.find((candidate) => TYPES[candidate].includes(type));
  if (!kind) throw new Error(`no kind for acts of type ${type}`);
  return kind;
}
