import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkRecord } from '../../src/publication/check-record.ts';
import { compareRecords } from '../../src/publication/compare-records.ts';
import { decidePublication } from '../../src/publication/decide-publication.ts';
import type { RecordBody, RecordCheck } from '../../src/publication/record-schema.ts';

const small = fc.integer({ min: 0, max: 3 });
const goodsName = {
  code: fc.constantFrom('GR001', 'GR005', 'WA003'),
  name: fc.constant('大米'),
  spec: fc.constant('5kg/袋'),
  unit: fc.constant('袋'),
};
const household = fc.record({
  name: fc.constantFrom('王*国', '李*'),
  group: fc.constant('一组'),
  number: fc.constantFrom('0001', '0002', '0003'),
});
const unique = <Line>(line: fc.Arbitrary<Line>, selector: (line: Line) => string | number) =>
  fc.uniqueArray(line, { maxLength: 3, selector });

const record: fc.Arbitrary<RecordBody> = fc.record({
  totals: fc.record({
    openingCentipoints: small,
    openedCentipoints: small,
    openedCount: small,
    givenCentipoints: small,
    givenCount: small,
    takenCentipoints: small,
    takenCount: small,
    exchangedCentipoints: small,
    exchangedCount: small,
    closingCentipoints: small,
    receivedValueFen: small,
    issuedValueFen: small,
    stockValueFen: small,
  }),
  rules: unique(
    fc.record({
      code: fc.constantFrom('A', 'B'),
      name: fc.constant('义务劳动'),
      kind: fc.constantFrom('award' as const, 'deduct' as const),
      count: small,
      households: small,
      centipoints: small,
    }),
    ({ kind, code }) => kind + code,
  ),
  households: unique(
    fc.record({ household, openedCentipoints: small, givenCentipoints: small, exchangedCentipoints: small }),
    (line) => line.household.number,
  ),
  exchanges: unique(
    fc.record({
      seq: small,
      day: fc.constant('2026-10-01'),
      household,
      goods: fc.array(fc.record({ ...goodsName, quantity: small, priceCentipoints: small }), { maxLength: 2 }),
      centipoints: small,
      balanceAfterCentipoints: small,
    }),
    ({ seq }) => seq,
  ),
  exchangedGoods: unique(
    fc.record({ ...goodsName, quantity: small, centipoints: small, valueFen: small }),
    ({ code }) => code,
  ),
  receipts: fc.constant([]),
  stock: unique(
    fc.record({ ...goodsName, opening: small, received: small, issued: small, closing: small, valueFen: small }),
    ({ code }) => code,
  ),
  reversals: fc.constant([]),
});

test('two records differ exactly when there are changes, and the changes lead from one to the other', () => {
  fc.assert(
    fc.property(record, record, (before, after) => {
      const changes = compareRecords(before, after);
      expect(changes.length === 0).toBe(normal(before) === normal(after));
      const totals = { ...before.totals };
      const exchanges = new Map(before.exchanges.map((line) => [line.seq, line]));
      for (const change of changes) {
        if (change.part === 'totals') {
          expect(change.before).toBe(totals[change.name]);
          totals[change.name] = change.after;
        }
        if (change.part === 'exchanges') {
          if (change.after) exchanges.set(change.after.seq, change.after);
          else exchanges.delete(change.before?.seq ?? -1);
        }
      }
      expect(totals).toEqual(after.totals);
      expect([...exchanges.values()].sort((left, right) => left.seq - right.seq)).toEqual(
        [...after.exchanges].sort((left, right) => left.seq - right.seq),
      );
    }),
  );
});

/** The order of lines says nothing. */
function normal(body: RecordBody): string {
  const parts = Object.entries(body)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, part]) => (Array.isArray(part) ? part.map((line) => JSON.stringify(line)).sort() : part));
  return JSON.stringify(parts);
}

test('a record compared with its own frozen copy has no changes', () => {
  fc.assert(
    fc.property(record, (body) => {
      expect(compareRecords(JSON.parse(JSON.stringify(body)) as RecordBody, body)).toEqual([]);
    }),
  );
});

test('the checks hold exactly when the figures agree', () => {
  const ledger = { entriesCentipoints: 5, balancesCentipoints: 5, moves: 7, lots: 7, acts: 9, logSize: 9 };
  fc.assert(
    fc.property(record, (body) => {
      const failed = checkRecord(body, ledger).filter(({ ok }) => !ok);
      for (const { expected, actual } of failed) expect(expected).not.toBe(actual);
      const { totals } = body;
      const chain =
        totals.openingCentipoints +
        totals.openedCentipoints +
        totals.givenCentipoints -
        totals.takenCentipoints -
        totals.exchangedCentipoints;
      expect(failed.some(({ name }) => name === 'points_chain')).toBe(chain !== totals.closingCentipoints);
    }),
  );
  const body = fc.sample(record, 1)[0];
  if (!body) throw new Error('no sample');
  const broken = checkRecord(body, { ...ledger, balancesCentipoints: 6, lots: 6, acts: 8 }).filter(({ ok }) => !ok);
  expect(broken.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['ledger_balances', 'ledger_stock', 'record_complete']),
  );
});

test('the first refusal that applies wins', () => {
  const failed: RecordCheck = { name: 'points_chain', unit: 'centipoints', expected: 1, actual: 2, ok: false };
  const basis = { today: '2026-10-15', foundedOn: '2026-09-01', latestVersion: 2, changeCount: 0, checks: [failed] };
  expect(decidePublication('2026-11', basis)).toMatchObject({ refused: 'month_in_future' });
  expect(decidePublication('2026-08', basis)).toMatchObject({ refused: 'month_before_founding' });
  expect(decidePublication('2026-10', basis)).toMatchObject({ refused: 'nothing_to_correct', version: 2 });
  expect(decidePublication('2026-10', { ...basis, changeCount: 1 })).toEqual({
    refused: 'checks_failed',
    month: '2026-10',
    checks: ['points_chain'],
  });
  expect(decidePublication('2026-10', { ...basis, latestVersion: null })).toMatchObject({ refused: 'checks_failed' });
  expect(decidePublication('2026-10', { ...basis, changeCount: 1, checks: [] })).toEqual({ version: 3 });
  expect(decidePublication('2026-10', { ...basis, latestVersion: null, checks: [] })).toEqual({ version: 1 });
});
