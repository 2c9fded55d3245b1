/** What pages and worker say to each other. */

/** What the award form says. */
export interface AwardFields {
  rule: string;
  occurredOn: string;
  /** Card numbers. */
  cards: string[];
  note: string;
  /** The sum that was shown, in hundredths. */
  total: string;
  /** For how many of the rule's units, and whom of the households it is about; left out by what an older worker kept. */
  times?: string;
  members?: string[];
}

/** The bytes of photos that were chosen, and the ids of those that the server has already; left out by what an older worker kept. */
export interface Evidence {
  photos?: ArrayBuffer[];
  photoIds?: string[];
}

export interface Upload extends Evidence {
  /** The idempotency key. */
  id: string;
  village: string;
  /** Who entered it, as the server numbers people. */
  reader: string;
  enteredAt: string;
  fields: AwardFields;
  /** For people: as it was called when it was entered. */
  ruleName: string;
  households: string[];
  refusal: { code: string; detail: string } | null;
}

export type NewUpload = Omit<Upload, 'reader' | 'enteredAt' | 'refusal'>;

export interface WaitingState {
  reader: string | null;
  waiting: Upload[];
  refused: Upload[];
  /** Where awards were entered last. */
  village: string | null;
  /** How many other people have waiting on this machine. */
  others: number;
  /** The server asks for a sign-in before it takes them. */
  needsSignIn: boolean;
}

/** Rules and households as the award form would show them. */
export interface AwardBook {
  rules: { code: string; name: string; pointsCentipoints: number }[];
  households: { number: string; name: string; group: string; groupId: number }[];
}

/** An award form that was being prepared when the network went. */
export interface Draft extends Evidence {
  /** The key that the form carried already, else empty. */
  key: string;
  village: string;
  rule: string;
  occurredOn: string;
  note: string;
  names: string;
  cards: string[];
  groups: number[];
  times?: string;
  members?: string[];
}

export type Question =
  | { ask: 'state' | 'send' }
  | { ask: 'hello'; look: string; reader: string; village: string | null }
  | { ask: 'draft'; id: string }
  | { ask: 'book'; village: string }
  | { ask: 'hold'; upload: NewUpload }
  | { ask: 'discard'; id: string };
