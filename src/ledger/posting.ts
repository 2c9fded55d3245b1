import type { CanonicalValue, LeafFacts } from '../auditlog/index.ts';
import type { Fund } from './funds.ts';

/** What is to be written, decided before any lock is taken. The database checks again what may have changed since. */
export interface Posting {
  villageId: number;
  kind: OperationKind;
  /** Drawn with the form or sent by the client; unique in the village for ever. */
  idempotencyKey: string;
  /** The request as it was understood; the same key with another request is refused. */
  request: CanonicalValue;
  recordedBy: number;
  /** The day on which it happened, in village time. */
  occurredOn: string;
  acts: ActDraft[];
  /** New lots, made by the first act. */
  lots?: LotDraft[];
  /** A correction may fall into a published month. */
  isCorrection?: boolean;
  /** The month that this posting closes for all but corrections. */
  closesMonth?: string;
  /** The receipt that a second person looked at: its lots may be handed out from here on. Refused as stale where they may already. */
  checksSeq?: number;
  /** Refused as stale unless the log holds exactly so many acts. */
  expectedSize?: number;
}

export type OperationKind =
  | 'founding'
  | 'opening'
  | 'award'
  | 'receipt'
  | 'redemption'
  | 'reversal'
  | 'publication'
  | 'freezing'
  | 'unfreezing'
  | 'recall'
  | 'replacement'
  | 'split'
  | 'merger'
  | 'departure'
  | 'naming'
  | 'arrival'
  | 'correction'
  | 'settlement'
  | 'expiry'
  | 'rule'
  | 'names'
  | 'claim'
  | 'passing'
  | 'posting'
  | 'clearing'
  | 'objection'
  | 'kin'
  | 'waiver'
  | 'reminder'
  | 'settings'
  | 'erasure'
  | 'check'
  | 'pricing'
  | 'goods'
  | 'writeoff'
  | 'stocktake'
  | 'handover'
  | 'reservation'
  | 'release'
  | 'lapse'
  | 'gift'
  | 'wish'
  | 'visit'
  | 'inspection'
  | 'problem'
  | 'sample'
  | 'honor'
  | 'activity'
  | 'rate';

/** One line of the public record, with at most one entry. */
export interface ActDraft {
  type: ActType;
  /** Public facts of the leaf beside those that every act has. */
  facts: LeafFacts;
  /** Personal fields: the leaf holds salted digests of them only. */
  disclosed?: Readonly<Record<string, string | undefined>>;
  entry?: EntryDraft;
  /** The account that an act without an entry is about. */
  account?: AccountDraft;
  moves?: MoveDraft[];
  reversesSeq?: number;
  /** Whose record it is, where that is not who did all of it: see append_acts.sql. */
  recordedBy?: number;
}

export type ActType =
  | 'village.open'
  | 'points.open'
  | 'points.award'
  | 'points.deduct'
  | 'points.redeem'
  | 'points.hold'
  | 'points.reverse'
  | 'points.expire'
  | 'points.transfer'
  | 'points.return'
  | 'points.convert'
  | 'points.settle'
  | 'account.freeze'
  | 'account.unfreeze'
  | 'account.close'
  | 'card.recall'
  | 'card.replace'
  | 'household.split'
  | 'household.merge'
  | 'household.leave'
  | 'household.join'
  | 'household.correct'
  | 'stock.in'
  | 'stock.reverse'
  | 'stock.check'
  | 'stock.adjust'
  | 'stock.writeoff'
  | 'stocktake'
  | 'goods.add'
  | 'goods.rename'
  | 'goods.price'
  | 'goods.terms'
  | 'goods.restrict'
  | 'handover'
  | 'handover.waive'
  | 'rule.change'
  | 'rate.change'
  | 'names.change'
  | 'claim.submit'
  | 'claim.pass'
  | 'claim.return'
  | 'claim.withdraw'
  | 'claim.post'
  | 'claim.convert'
  | 'points.pend'
  | 'points.clear'
  | 'objection.file'
  | 'objection.answer'
  | 'kin.declare'
  | 'duties.waive'
  | 'reminder.give'
  | 'reminder.close'
  | 'settings.change'
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
  | 'wish.close'
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
  | 'honor.open'
  | 'honor.nominate'
  | 'honor.close'
  | 'honor.award'
  | 'honor.backfill'
  | 'honor.withdraw'
  | 'honor.move'
  | 'activity'
  | 'activity.member'
  | 'publication'
  | 'erasure'
  | 'log.begin';

export interface EntryDraft {
  accountId: number;
  /** The account's name in the public log. */
  pseudonym: string;
  amountCentipoints: number;
  /** The number of the account's last entry when the decision was made; left out where a later entry would not matter. */
  expectedN?: number;
  /** How little it may leave where that is below the account's floor: what a deduction could not take is settled by later earnings. */
  leastCentipoints?: number | undefined;
  /** A change of the account's status that belongs to this act, such as registered → active at the opening. */
  status?: { from: AccountStatus; to: AccountStatus };
}

export interface AccountDraft {
  accountId: number;
  pseudonym: string;
  /** Also without a change, where the act may only happen while the account is in this state. */
  status?: { from: AccountStatus; to: AccountStatus };
}

export type AccountStatus = 'registered' | 'active' | 'frozen' | 'closed';

export interface MoveDraft {
  lotId: number;
  /** Negative when goods leave the shelf. */
  quantity: number;
  unitPriceCentipoints?: number;
}

export interface LotDraft {
  goodsId: number;
  quantity: number;
  sourceKind: 'donation' | 'purchase';
  sourceName: string;
  /** Out of which pocket; left out where nobody said. */
  fund?: Fund | undefined;
  /** The number of the gift's act in the village's record, where the goods are a gift. */
  giftSeq?: number | undefined;
  /** A second person has yet to look at it. */
  awaitsCheck?: boolean | undefined;
  unitValueFen: number;
  /** Day, or null when the goods do not expire. */
  useBy: string | null;
}

/** One act as it was written, with the number in the public record that the slip prints. */
export interface PostedAct {
  seq: number;
  id: string;
  type: ActType;
  accountId: number | null;
  amountCentipoints: number | null;
  balanceAfterCentipoints: number | null;
}

export interface PostedOperation {
  operationId: string;
  /** ISO 8601, UTC. */
  recordedAt: string;
  acts: PostedAct[];
  /** The key had been used for the same request before: nothing was written this time. */
  isReplay: boolean;
}

/** Why the database refused, in the order in which it checks. */
export type PostingRefusal =
  | { refused: 'key_reused' }
  | { refused: 'wrong_status'; accountId: number; status: AccountStatus }
  | { refused: 'stale' }
  | { refused: 'already_reversed'; seq: number; bySeq: number }
  | { refused: 'insufficient_points'; accounts: { accountId: number; missingCentipoints: number }[] }
  | { refused: 'out_of_stock'; lotId: number; goodsId: number }
  | { refused: 'month_published'; month: string };
