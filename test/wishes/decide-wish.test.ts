/** Every state of a wish against everything that can happen to it, and the days that decide by themselves. */
import { describe, expect, test } from 'vitest';
import {
  decideClaim,
  decideRelease,
  decideWish,
  MOST_CLAIMS,
  namesSomebody,
  nextWishState,
  stateOn,
  WISH_EVENTS,
  WISH_STATES,
  type WishEvent,
  type WishState,
} from '../../src/wishes/decide-wish.ts';

const TABLE: Record<WishState, Partial<Record<WishEvent, WishState>>> = {
  submitted: { check: 'checked', decline: 'declined' },
  checked: { open: 'open', decline: 'declined' },
  open: { claim: 'claimed', deliver: 'delivered', decline: 'declined' },
  claimed: { release: 'open', deliver: 'delivered' },
  delivered: { echo: 'echoed', close: 'closed' },
  echoed: { close: 'closed' },
  closed: {},
  declined: {},
};

describe.each(WISH_STATES)('a wish that is %s', (state) => {
  test.each(WISH_EVENTS)('%s', (event) => {
    expect(nextWishState(state, event)).toBe(TABLE[state][event] ?? null);
  });
});

const claimed = { state: 'claimed', claim: { donor: 'A', until: '2026-11-30' } } as const;

test('a claim past its deadline is open again by itself, and not a day before', () => {
  expect(stateOn(claimed, '2026-11-30')).toBe('claimed');
  expect(stateOn(claimed, '2026-12-01')).toBe('open');
  expect(decideClaim(claimed, { held: 0, today: '2026-11-30' })).toEqual({
    refused: 'wish_taken',
    until: '2026-11-30',
  });
  expect(decideClaim(claimed, { held: 0, today: '2026-12-01' })).toEqual({ state: 'claimed' });
  expect(decideRelease(claimed, { by: { donor: 'A' }, today: '2026-12-01' })).toEqual({
    refused: 'wish_state',
    state: 'open',
  });
});

test('a donor gives back his own promise alone, who keeps the wall anybody’s', () => {
  const on = (by: { donor: string | null } | null) => decideRelease(claimed, { by, today: '2026-11-01' });
  expect(on({ donor: 'A' })).toEqual({ state: 'open' });
  expect(on({ donor: 'B' })).toEqual({ refused: 'not_your_wish' });
  expect(on({ donor: null })).toEqual({ refused: 'not_your_wish' });
  expect(on(null)).toEqual({ state: 'open' });
});

test('nobody promises more than five at once', () => {
  const open = { state: 'open', claim: null } as const;
  expect(decideClaim(open, { held: MOST_CLAIMS - 1, today: '2026-11-01' })).toEqual({ state: 'claimed' });
  expect(decideClaim(open, { held: MOST_CLAIMS, today: '2026-11-01' })).toEqual({
    refused: 'too_many_promises',
    most: 5,
  });
  expect(decideWish(open, 'echo', '2026-11-01')).toEqual({ refused: 'wish_state', state: 'open' });
});

test.each([
  ['想要一袋大米', false],
  ['王建国家想要一袋大米', true],
  ['王 建 国想要', true],
  ['请打 138 0000 1234', true],
  ['卡号 0010010001', true],
  ['冬天冷，想要 2 床棉被', false],
])('on the wall: %s', (words, isNaming) => {
  expect(namesSomebody(words, { headName: '王建国', number: '0010010001' })).toBe(isNaming);
});
