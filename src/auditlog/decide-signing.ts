/** What is known when a checkpoint is asked for. */
export interface SigningBasis {
  /** The note that was signed last; `unreadable` when its file holds something else. */
  guarded: { size: number; isOurs: boolean; isRecent: boolean } | 'unreadable' | null;
  /** The database remembers that the log was signed before. */
  wasBegun: boolean;
  /** The act with which this log begins is there, where it must begin with one. */
  hasBeginning: boolean;
  /** How many acts the database holds. */
  size: number;
  /** The tree in the database begins with the one that was signed last. */
  isExtension: boolean;
}

/** In order of precedence. Each of them freezes the log until the operator has put it right; publication and counter go on. */
export type LogFrozen =
  | { refused: 'log_guard_lost' }
  | { refused: 'log_guard_damaged' }
  | { refused: 'log_key_changed' }
  | { refused: 'log_beginning_lost' }
  | { refused: 'log_rolled_back'; signed: number; found: number }
  | { refused: 'log_rewritten'; signed: number };

/** A log never signs two stories: what was signed stays the beginning of everything that will be. */
export function decideSigning({
  guarded,
  wasBegun,
  hasBeginning,
  size,
  isExtension,
}: SigningBasis): LogFrozen | 'sign' | 'keep' {
  if (guarded === null && wasBegun) return { refused: 'log_guard_lost' };
  if (guarded === null) return hasBeginning ? 'sign' : { refused: 'log_beginning_lost' };
  if (guarded === 'unreadable') return { refused: 'log_guard_damaged' };
  if (!guarded.isOurs) return { refused: 'log_key_changed' };
  if (size < guarded.size) return { refused: 'log_rolled_back', signed: guarded.size, found: size };
  if (!isExtension) return { refused: 'log_rewritten', signed: guarded.size };
  return size === guarded.size || guarded.isRecent ? 'keep' : 'sign';
}
