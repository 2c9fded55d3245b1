import { expect, onTestFinished, test, vi } from 'vitest';
import { keepNewest } from '../../src/platform/keep-newest.ts';
import { rememberFor } from '../../src/platform/remember.ts';

test('what fits is made once; beyond that, what nobody asked for longest goes first', async () => {
  let made = 0;
  const kept = keepNewest<string>(6, ({ length }) => length);
  const ask = (name: string) =>
    kept.provide(name, async () => {
      made += 1;
      return name.repeat(3);
    });
  await ask('a');
  await ask('b');
  expect(await ask('a')).toBe('aaa');
  expect(made).toBe(2);
  await ask('c');
  await ask('a');
  expect(made).toBe(3);
  await ask('b');
  expect(made).toBe(4);
});

test('what is larger than all room is made each time and pushes nothing out for long', async () => {
  const kept = keepNewest<string>(2, ({ length }) => length);
  expect(await kept.provide('large', async () => 'xxxxx')).toBe('xxxxx');
  expect(await kept.provide('large', async () => 'again')).toBe('again');
});

test('what was found is read again after a while, what was not found each time', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  let value: string | null = null;
  let reads = 0;
  const ask = rememberFor(1_000, async () => {
    reads += 1;
    return value;
  });
  expect(await ask('x')).toBeNull();
  value = 'one';
  expect(await ask('x')).toBe('one');
  value = 'two';
  expect(await ask('x')).toBe('one');
  expect(reads).toBe(2);
  vi.advanceTimersByTime(1_001);
  expect(await ask('x')).toBe('two');
});
