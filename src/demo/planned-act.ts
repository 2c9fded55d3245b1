import type { Fund } from '../ledger/index.ts';
/** What somebody does in a village, as plain data: the loader carries it out with the command that a form would call. */
export type PlannedAct = PlannedRecord & {
  /** Unique in the village; becomes the idempotency key. */
  key: string;
  /** When it is written down. */
  at: Date;
  /** The day of `at` in the village. */
  today: string;
};

export type PlannedRecord =
  | { kind: 'opening'; occurredOn: string; cards: string[] }
  | { kind: 'award'; occurredOn: string; rule: string; cards: string[]; note?: string | undefined }
  | {
      kind: 'receipt';
      occurredOn: string;
      source: { kind: 'donation' | 'purchase'; name: string };
      fund: Fund;
      lines: PlannedReceiptLine[];
    }
  | {
      kind: 'redemption';
      card: string;
      lines: { code: string; quantity: number }[];
      /** Who fetches, if not the household. */
      proxy?: { relation: 'family' | 'neighbour'; name?: string };
    }
  /** Takes back a whole operation, or one line of it. */
  | { kind: 'reversal'; of: string; line?: number | undefined; reason: string }
  | { kind: 'change'; change: PlannedChange }
  | { kind: 'rule'; rule: PlannedRule }
  | { kind: 'publication'; month: string };

/** What happens to a card; `newCard` is the number that a replacement gets. */
export interface PlannedChange {
  kind: 'freezing' | 'unfreezing' | 'replacement';
  card: string;
  reason: string;
  newCard?: string;
}

/** What a meeting decides about a rule: new points for one of the county's, or a rule of the village's own with this code. */
export interface PlannedRule {
  kind: 'change' | 'new';
  code: string;
  category: string;
  name: string;
  pointsCentipoints: number;
  unit: string;
  capPeriod: PlanRule['capPeriod'];
  capMaxCount: number | null;
  capMaxCentipoints: number | null;
  evidence: string;
  effectiveFrom: string;
  meeting: string;
}

export interface PlannedReceiptLine {
  code: string;
  quantity: number;
  useBy?: string | undefined;
}

/** What the plan must know of a village's rule table and list of goods. */
export interface HistoryBasis {
  rules: readonly PlanRule[];
  goods: readonly PlanGoods[];
  /** Nothing happens after this instant. */
  now: Date;
}

export interface PlanRule {
  code: string;
  category: string;
  name: string;
  unit: string;
  evidence: string;
  pointsCentipoints: number;
  capPeriod: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'occasion' | null;
  capMaxCount: number | null;
  capMaxCentipoints: number | null;
}

export interface PlanGoods {
  code: string;
  priceCentipoints: number;
  monthlyQuota: number | null;
  shelfLifeMonths: number | null;
}
