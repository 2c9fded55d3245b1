/** What an audit can find wrong. The step says which promise of the log is broken. */
export type Step =
  | 'checkpoint'
  | 'saved'
  | 'known'
  | 'succession'
  | 'entries'
  | 'tiles'
  | 'root'
  | 'leaf'
  | 'books'
  | 'publication'
  | 'inclusion';

export interface Finding {
  step: Step;
  /** The first bad entry, where one can be named. */
  entry?: number | undefined;
  sentence: string;
}

/** Ends the audit; `auditLog` answers what it carries. */
export class Found extends Error {
  readonly finding: Finding;

  constructor(step: Step, sentence: string, entry?: number) {
    super(sentence);
    this.finding = { step, sentence, entry };
  }
}

/** Nothing can be said about the log: no network, no such address, a log that answers with an error. */
export class CannotCheck extends Error {}
