import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decideRedemption,
  type RedemptionBasis,
  type RedemptionDraft,
  type RedemptionRequest,
} from '../../src/exchange/decide-redemption.ts';

type Goods = RedemptionBasis['goods'][number];

const goodsList = fc
  .array(
    fc.record({
      priceCentipoints: fc.integer({ min: 1, max: 60 }).map((halves) => halves * 50),
      stock: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((drafts) =>
    drafts.map(
      ({ priceCentipoints, stock }, index): Goods => ({
        goodsId: index + 1,
        code: `G${index}`,
        priceCentipoints,
        lots: stock.map((quantityOnHand, place) => ({ lotId: index * 10 + place, quantityOnHand })),
      }),
    ),
  );

const asked = fc.array(fc.record({ place: fc.nat(5), quantity: fc.integer({ min: 1, max: 6 }) }), {
  minLength: 1,
  maxLength: 8,
});

const cases = fc
  .record({ goods: goodsList, asked, balanceCentipoints: fc.nat(400).map((halves) => halves * 50) })
  .map(({ goods, asked: wanted, balanceCentipoints }) => ({
    request: {
      card: '0010010001',
      lines: wanted.map(({ place, quantity }) => ({ code: `G${place % goods.length}`, quantity })),
    } satisfies RedemptionRequest,
    basis: basisOf(goods, balanceCentipoints),
  }));

function basisOf(goods: readonly Goods[], balanceCentipoints: number): RedemptionBasis {
  return {
    cardPrefix: '001001',
    card: {
      number: '0010010001',
      accountId: 7,
      pseudonym: 'P',
      headName: '王建国',
      status: 'active',
      balanceCentipoints,
      baseCentipoints: 0,
      lockedCentipoints: 0,
      earnCentipoints: 0,
      lastN: 3,
      hasPin: false,
    },
    goods,
    quotas: null,
  };
}

function wantedOf({ lines }: RedemptionRequest): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { code, quantity } of lines) sums.set(code, (sums.get(code) ?? 0) + quantity);
  return sums;
}

function costOf(request: RedemptionRequest, { goods }: RedemptionBasis): number {
  return [...wantedOf(request)].reduce(
    (sum, [code, quantity]) => sum + quantity * (goods.find((item) => item.code === code)?.priceCentipoints ?? 0),
    0,
  );
}

/** Runs only where the decision was to exchange. */
function ifExchanged(law: (request: RedemptionRequest, basis: RedemptionBasis, draft: RedemptionDraft) => void): void {
  fc.assert(
    fc.property(cases, ({ request, basis }) => {
      const decided = decideRedemption(request, basis);
      if (!('refused' in decided)) law(request, basis, decided);
    }),
    { numRuns: 500 },
  );
}

describe('laws of an exchange', () => {
  test('the balance after is the balance before less the prices, and never below nothing', () => {
    ifExchanged((request, basis, { spentCentipoints, balanceAfterCentipoints, acts }) => {
      expect(spentCentipoints).toBe(costOf(request, basis));
      expect(balanceAfterCentipoints).toBe((basis.card?.balanceCentipoints ?? 0) - spentCentipoints);
      expect(balanceAfterCentipoints).toBeGreaterThanOrEqual(0);
      expect(acts[0].entry?.amountCentipoints).toBe(-spentCentipoints);
    });
    expect.hasAssertions();
  });

  test('what the moves issue costs what the entry takes', () => {
    ifExchanged((_, __, { spentCentipoints, acts }) => {
      const cost = (acts[0].moves ?? []).reduce(
        (sum, move) => sum - move.quantity * (move.unitPriceCentipoints ?? 0),
        0,
      );
      expect(cost).toBe(spentCentipoints);
    });
    expect.hasAssertions();
  });

  test('a lot gives no more than it holds, and a later lot gives only when the earlier ones are empty', () => {
    ifExchanged((_, { goods }, { acts }) => {
      const taken = new Map((acts[0].moves ?? []).map(({ lotId, quantity }) => [lotId, -quantity]));
      expect(taken.size).toBe(acts[0].moves?.length);
      for (const { lots } of goods) {
        let mayStillGive = true;
        for (const { lotId, quantityOnHand } of lots) {
          const quantity = taken.get(lotId) ?? 0;
          expect(quantity).toBeLessThanOrEqual(quantityOnHand);
          if (quantity > 0) expect(mayStillGive).toBe(true);
          mayStillGive &&= quantity === quantityOnHand;
        }
      }
    });
    expect.hasAssertions();
  });

  test('the same goods twice are one line of the record', () => {
    ifExchanged((request, _, { acts }) => {
      const facts = acts[0].facts.goods as { code: string; quantity: number }[];
      expect(new Map(facts.map(({ code, quantity }) => [code, quantity]))).toEqual(wantedOf(request));
      expect(facts).toHaveLength(wantedOf(request).size);
    });
    expect.hasAssertions();
  });

  test('it is refused exactly when the points or the goods are not enough, and the gap is exact', () => {
    fc.assert(
      fc.property(cases, ({ request, basis }) => {
        const decided = decideRedemption(request, basis);
        const missing = costOf(request, basis) - (basis.card?.balanceCentipoints ?? 0);
        const short = [...wantedOf(request)].find(([code, quantity]) => quantity > stockOf(basis, code));
        if (missing > 0) {
          expect(decided).toMatchObject({ refused: 'insufficient_points', missingCentipoints: missing });
        } else if (short) {
          const [code, wanted] = short;
          expect(decided).toEqual({
            refused: 'out_of_stock',
            goods: code,
            wanted,
            quantityOnHand: stockOf(basis, code),
          });
        } else {
          expect(decided).not.toHaveProperty('refused');
        }
      }),
      { numRuns: 500 },
    );
  });
});

function stockOf({ goods }: RedemptionBasis, code: string): number {
  const lots = goods.find((item) => item.code === code)?.lots ?? [];
  return lots.reduce((sum, { quantityOnHand }) => sum + quantityOnHand, 0);
}

describe('refusals in order of precedence', () => {
  const rice: Goods = { goodsId: 1, code: 'G0', priceCentipoints: 950, lots: [{ lotId: 1, quantityOnHand: 1 }] };
  const request: RedemptionRequest = { card: '0010010001', lines: [{ code: 'G0', quantity: 1 }] };
  const basis = basisOf([rice], 1000);
  const withStatus = (status: 'registered' | 'frozen' | 'closed') =>
    ({ ...basis, card: basis.card && { ...basis.card, status } }) satisfies RedemptionBasis;

  test.each([
    ['card_of_another_village', { ...request, card: '0020010001' }, { ...basis, card: null }],
    ['unknown_card', request, { ...basis, card: null }],
    ['card_not_open', request, withStatus('registered')],
    ['card_frozen', request, withStatus('frozen')],
    ['card_closed', request, withStatus('closed')],
    ['unknown_goods', { ...request, lines: [{ code: 'NO', quantity: 1 }], quotedCentipoints: 1 }, basis],
    ['price_changed', { card: request.card, lines: [{ code: 'G0', quantity: 9 }], quotedCentipoints: 950 }, basis],
    ['insufficient_points', { card: request.card, lines: [{ code: 'G0', quantity: 2 }] }, basis],
    ['out_of_stock', { card: request.card, lines: [{ code: 'G0', quantity: 2 }] }, basisOf([rice], 9999)],
  ] satisfies [string, RedemptionRequest, RedemptionBasis][])('%s', (code, asking, given) => {
    expect(decideRedemption(asking, given)).toMatchObject({ refused: code });
  });

  test('rice, oil and soap cost 36.5 points and leave 63.5', () => {
    const shop = [950, 2400, 300].map((priceCentipoints, index) => ({
      goodsId: index,
      code: `G${index}`,
      priceCentipoints,
      lots: [{ lotId: index, quantityOnHand: 1 }],
    }));
    const lines = shop.map(({ code }) => ({ code, quantity: 1 }));
    const decided = decideRedemption({ card: request.card, lines, quotedCentipoints: 3650 }, basisOf(shop, 10_000));
    expect(decided).toMatchObject({ spentCentipoints: 3650, balanceAfterCentipoints: 6350 });
  });
});
