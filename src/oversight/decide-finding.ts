import type { BadRow } from '../auditlog/index.ts';

/** What a bad row is to people: whose line or which goods, instead of a table and its key. */
export interface Finding {
  kind: 'entry' | 'account' | 'move' | 'lot' | 'act' | 'acts' | 'disclosure' | 'signature' | 'log' | 'other';
  isMissing: boolean;
  accountId?: number;
  lotId?: number;
  /** Number of a line in a passbook or of a move of a lot. */
  n?: number;
  /** Number in the public record. */
  seq?: number;
}

const KINDS: Readonly<Record<string, Finding['kind']>> = {
  entry: 'entry',
  account: 'account',
  stock_move: 'move',
  stock_lot: 'lot',
  act: 'act',
  disclosure: 'disclosure',
  'log/': 'signature',
  log_head: 'log',
  log_tile: 'log',
  operation: 'log',
};

export function decideFinding({ table, row, sentence }: BadRow): Finding {
  const isMissing = sentence.includes('it is missing');
  const number = (pattern: RegExp) => {
    const [, digits] = pattern.exec(row) ?? [];
    return digits === undefined ? undefined : Number(digits);
  };
  const kind = KINDS[table] ?? 'other';
  const numbers = {
    accountId: number(/\baccount (\d+)/),
    lotId: number(/\blot (\d+)/),
    n: number(/\bn (\d+)/),
    seq: number(/\bseq (?:\d+ to )?(\d+)/),
  };
  const given = Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== undefined));
  return { kind: kind === 'act' && / to /.test(row) ? 'acts' : kind, isMissing, ...given };
}
