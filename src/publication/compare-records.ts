import type { RecordBody, RecordChange } from './record-schema.ts';

type Part = Exclude<RecordChange['part'], 'totals'>;

/** What names a line in both versions. */
const KEYS: { [Name in Part]: (line: RecordBody[Name][number]) => string } = {
  reversals: ({ seq }) => String(seq),
  exchanges: ({ seq }) => String(seq),
  receipts: ({ seq }) => String(seq),
  rules: ({ kind, code }) => `${kind} ${code}`,
  households: ({ household }) => household.number,
  exchangedGoods: ({ code }) => code,
  stock: ({ code }) => code,
};

const PARTS = ['reversals', 'exchanges', 'receipts', 'rules', 'households', 'exchangedGoods', 'stock'] as const;

/** Every difference between two versions of a month: the totals first, then the causes, then what follows from them. */
export function compareRecords(before: RecordBody, after: RecordBody): RecordChange[] {
  return [...compareTotals(before, after), ...PARTS.flatMap((part) => compareLines(part, before, after))];
}

function compareTotals(before: RecordBody, after: RecordBody): RecordChange[] {
  const names = [
    ...new Set([...Object.keys(after.totals), ...Object.keys(before.totals)]),
  ] as (keyof RecordBody['totals'])[];
  const figure = (record: RecordBody, name: keyof RecordBody['totals']) => record.totals[name] ?? 0;
  return names
    .filter((name) => figure(before, name) !== figure(after, name))
    .map((name) => ({ part: 'totals', name, before: figure(before, name), after: figure(after, name) }));
}

function compareLines<Name extends Part>(part: Name, before: RecordBody, after: RecordBody): RecordChange[] {
  const keyOf: (line: RecordBody[Name][number]) => string = KEYS[part];
  const old = new Map((before[part] as RecordBody[Name][number][]).map((line) => [keyOf(line), line]));
  const now = new Map((after[part] as RecordBody[Name][number][]).map((line) => [keyOf(line), line]));
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((key) => ({ part, before: old.get(key) ?? null, after: now.get(key) ?? null }))
    .filter((change) => !isSame(change.before, change.after)) as RecordChange[];
}

/** Plain data, whatever the order of its members: frozen JSON against a fresh computation. */
function isSame(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return left === right;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => isSame((left as Record<string, unknown>)[name], (right as Record<string, unknown>)[name]))
  );
}
