import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AwardBasis, decideAwardPreview, decideAwards } from '../../src/awards/decide-awards.ts';
import type { Match } from '../../src/awards/decide-matches.ts';
import { decideSelection, SKIP } from '../../src/awards/decide-selection.ts';

const card = (number: string, status: AwardBasis['cards'][number]['status'], balanceCentipoints: number) => ({
  number,
  status,
  balanceCentipoints,
  accountId: Number(number),
  pseudonym: number,
  headName: number,
  lastN: 1,
});

const uncapped = { capMaxCount: null, capMaxCentipoints: null, isOutsideLimits: false };

const basis: AwardBasis = {
  approval: {
    awardAboveCentipoints: null,
    awardAboveFen: null,
    fenPerPoint: 300,
    deductionAboveCentipoints: null,
    reviewsEach: false,
  },
  drawClaimId: () => 'A'.repeat(16),
  recordedBy: 1,
  today: '2026-10-15',
  closedMonths: new Set(['2026-09']),
  rule: { code: 'D', version: 1, name: '扣分', pointsCentipoints: -500, capPer: 'household', ...uncapped },
  limits: { monthMaxCentipoints: 2000, yearMaxCentipoints: 15_000 },
  cardPrefix: '001001',
  cards: [
    card('0010010001', 'active', 1000),
    card('0010010002', 'active', 400),
    card('0010010003', 'registered', 0),
    card('0010010004', 'frozen', 1000),
    card('0010010005', 'closed', 0),
  ],
};

const request = { rule: 'D', occurredOn: '2026-10-14', cards: ['0010010001'] };

/** In order of precedence: each request also has every fault below it. */
const cards = ['0010020001', '0010010009', '0010010003', '0010010004', '0010010005', '0010010002'];
test.each([
  ['date_in_future', { occurredOn: '2026-10-16', cards }, { ...basis, rule: null }],
  ['month_published', { occurredOn: '2026-09-30', cards }, { ...basis, rule: null }],
  ['unknown_rule', { cards }, { ...basis, rule: null }],
  ['duplicate_card', { cards: ['0010010001', '0010010001', ...cards] }, basis],
  ['card_of_another_village', { cards }, basis],
  ['unknown_card', { cards: cards.slice(1) }, basis],
  ['card_not_open', { cards: cards.slice(2) }, basis],
  ['card_frozen', { cards: cards.slice(3) }, basis],
  ['card_closed', { cards: cards.slice(4) }, basis],
  ['insufficient_points', { cards: cards.slice(5) }, basis],
])('%s is named before what comes after it', (refused, wrong, against) => {
  expect(decideAwards({ ...request, ...wrong }, against)).toMatchObject({ refused });
});

const numbers = fc.uniqueArray(fc.constantFrom(...basis.cards.map(({ number }) => number), '0010010009', '0010020001'));

test('the preview and the posting agree: what the preview lets through is posted with the same balances', () => {
  fc.assert(
    fc.property(numbers, (chosen) => {
      const preview = decideAwardPreview({ ...request, cards: chosen }, basis);
      if ('refused' in preview) throw new Error(preview.refused);
      expect(preview.lines.length + preview.refusals.length).toBe(chosen.length);
      const posted = decideAwards({ ...request, cards: preview.lines.map(({ number }) => number) }, basis);
      expect(posted).toMatchObject({ lines: preview.lines });
    }),
  );
});

const household = fc.integer({ min: 1, max: 30 }).map((n) => ({ number: String(n).padStart(10, '0'), groupId: n % 3 }));
const households = fc.uniqueArray(household, { selector: ({ number }) => number, maxLength: 20 });

test('however households are chosen, each is taken once, in the order of the list, and no doubtful name is', () => {
  fc.assert(
    fc.property(households, fc.infiniteStream(fc.nat()), (listed, dice) => {
      const roll = (of: number) => (dice.next().value ?? 0) % of;
      const some = () => listed.filter(() => roll(2) === 0).map(({ number }) => number);
      const matches: Match[] = some().map((number) =>
        roll(2) === 0
          ? { kind: 'matched', text: number, number, unused: [] }
          : { kind: 'ambiguous', text: number, candidates: [number, 'another'] },
      );
      const picks = new Map(matches.flatMap((_, place) => (roll(3) === 0 ? [[place, SKIP] as const] : [])));
      const selection = { groups: [roll(3)], cards: some(), picks, skipped: some() };
      const { numbers: taken, open } = decideSelection(selection, matches, listed);
      expect(new Set(taken).size).toBe(taken.length);
      expect(taken).toEqual(listed.map(({ number }) => number).filter((number) => taken.includes(number)));
      expect(taken.filter((number) => selection.skipped.includes(number))).toEqual([]);
      const doubtful = matches.filter(({ kind }, place) => kind === 'ambiguous' && picks.get(place) !== SKIP);
      expect(open.map(({ text }) => text)).toEqual(doubtful.map(({ text }) => text));
    }),
  );
});
