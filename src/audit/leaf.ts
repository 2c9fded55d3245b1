/** What an entry of the record says, as it comes out of `parse-leaf.ts`. */

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

export type CapPeriod = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'occasion';

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
  /** A cap that is each person's: how often, and how many points, in one period. */
  cap?: { per: 'person'; period: CapPeriod; count?: number; points?: number };
  /** Whom of a household it is about; who is named, goes or stays, each by a drawn name; and how many of them were not counted before. */
  member?: string;
  members?: string[];
  arrived?: number;
  source?: string;
  /** Of a receipt: out of which pocket, and the entry of the gift that it is. */
  fund?: string;
  giftSeq?: number;
  /** Number of its paper slip, and how a second person comes to look at it. */
  voucher?: number;
  checked?: 'witness' | 'later';
  /** Of a second look: the entry that it is about; of a wish: the exchange that fulfilled it. */
  receipt?: number;
  redemption?: number;
  /** Of goods: which, and what they cost from a day on. */
  item?: string;
  price?: number;
  /** How a price was made. */
  method?: string;
  /** Goods that nobody may have before somebody else has approved their first price. */
  waits?: boolean;
  /** Of what a point is worth: before and from here on, in fen, what all households held, and what rounding gave, in hundredths of a fen. */
  rate?: number;
  was?: number;
  opening?: number;
  before?: number;
  after?: number;
  rounding?: number;
  /** Of an exchange: the entry that kept its goods for the household. */
  hold?: number;
  /** Of an exchange that was written down without network: the number of its paper slip. */
  paper?: number;
  /** Of a count: how much of the record the counted stock belongs to. */
  cursor?: number;
  stocktake?: number;
  /** Of what waited for the village's word: which, and the day on which it was earned where that is another one. */
  claim?: string;
  earned?: string;
  objection?: string;
  /** Of a deduction: the entry that reminded the household before, or that it is a matter of safety. */
  reminder?: number;
  urgent?: boolean;
  /** The first day on which a deduction may follow. */
  due?: string;
  outcome?: 'upheld' | 'dismissed' | 'passed' | 'refused' | 'good' | 'bad' | 'finding' | 'decided' | 'abandoned';
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
  /** Of honours: which, the entries that opened the round, nominated and gave it, and until when somebody may be nominated. */
  honor?: string;
  round?: number;
  nomination?: number;
  award?: number;
  closes?: string;
  /** The entry of the activity that it is about, and how many households came to one. */
  activity?: number;
  attended?: number;
  earnedMonths?: number;
  openingMonths?: number;
  cause?: 'split' | 'merge' | 'cancelled' | 'lapsed' | 'fetched';
  pieces?: Piece[];
  /** Of an award: for how many of the rule's units; of what is given: how many of it one earned point sets free. */
  times?: number;
  match?: number;
  /** Of points that go over: a deduction that another household owes. */
  owed?: true;
  /** Of a deduction: what was taken from nobody. */
  beyond?: number;
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
  /** Of duties that the township lets be: which. */
  duties?: string[];
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
  | 'rule.change'
  | 'rate.change'
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
  | 'log.checkpoint'
  | 'log.begin'
  | 'erasure';
