/** What nobody types by accident, and a little of what somebody does. */
import type { Random } from './random.ts';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff',
  '\u202e\u200b',
  '\ufeff',
  'e\u0301',
  '\r\nset-cookie: a=b',
  '𠮷野家🐟',
  'A'.repeat(300),
  '王'.repeat(5_000),
  "' or 1=1 --",
  '"; select 1; --',
  '$$;select pg_sleep(9);$$',
  '${7*7}{{7*7}}',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '=HYPERLINK("x")',
  '@sum(a1)',
  '../../../etc/passwd',
  '..\\..\\windows',
  '%00',
  '%',
  '%_%',
  '\\',
  '(?:a+)+$',
  'null',
  'undefined',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'true',
  'on',
  '0',
  '00',
  '-0',
  '-1',
  '+1',
  '1.5',
  '1.005',
  '1,5',
  '1e3',
  '1e999',
  'NaN',
  'Infinity',
  '0x10',
  '１２',
  '٣',
  '32768',
  '2147483647',
  '2147483648',
  '-2147483649',
  '9007199254740993',
  '9223372036854775807',
  '9223372036854775808',
  '99999999999999999999999999',
  '2026-09-01',
  '2026-02-30',
  '0000-00-00',
  '0001-01-01',
  '9999-12-31',
  '99999-01-01',
  '+275760-09-13',
  '-000001-01-01',
  '2026-13',
  '2026-09',
  '0000-01',
  '9999-12',
  '2026-09-01T00:00:00Z',
  'zh-CN',
  'GR001',
  '0010010001',
  '990100001001',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
];

const NUMBERS = [
  0,
  -0,
  1,
  -1,
  2,
  1.5,
  0.001,
  1e-7,
  100,
  32_768,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  -(2 ** 53),
  1e20,
  1e21,
  1e308,
  Number.MIN_VALUE,
];

const ODD: Json[] = [
  null,
  true,
  false,
  [],
  {},
  [null],
  [[]],
  { a: 1 },
  { length: 3 },
  { toString: 'x' },
  { $ne: null },
  ['0010010001', '0010010001'],
];

export function hostileText(random: Random): string {
  return random.pick(TEXTS);
}

export function hostileValue(random: Random): Json {
  const kind = random.below(10);
  if (kind < 5) return hostileText(random);
  if (kind < 8) return random.pick(NUMBERS);
  if (kind < 9) return random.pick(ODD);
  if (random.chance(0.5)) return deep(20 + random.below(400));
  return Array.from({ length: random.pick([2, 50, 3_000]) }, (_, at) => (at % 2 ? 'x' : at));
}

function deep(levels: number): Json {
  let value: Json = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { a: value };
  return value;
}

/** One to three places of the document get what does not belong there, vanish or come twice. */
export function spoil(random: Random, whole: Json): Json {
  let spoilt = structuredClone(whole);
  for (let times = 1 + random.below(3); times > 0; times -= 1) spoilt = spoilOnce(random, spoilt);
  return spoilt;
}

function spoilOnce(random: Random, value: Json): Json {
  if (Array.isArray(value) && value.length > 0 && random.chance(0.8)) {
    const at = random.below(value.length);
    const turn = random.below(4);
    if (turn === 0) return [...value, ...value];
    if (turn === 1) return value.toSpliced(at, 1);
    return value.with(at, spoilOnce(random, value[at] ?? null));
  }
  if (value !== null && typeof value === 'object' && !Array.isArray(value) && random.chance(0.9)) {
    const names = Object.keys(value);
    if (names.length === 0 || random.chance(0.08)) return { ...value, [hostileText(random)]: hostileValue(random) };
    const name = random.pick(names);
    if (random.chance(0.15)) return Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
    return { ...value, [name]: spoilOnce(random, value[name] ?? null) };
  }
  return hostileValue(random);
}

/** What stands on the wire is no longer quite a document. */
export function spoilWire(random: Random, text: string): string {
  switch (random.below(8)) {
    case 0:
      return text.slice(0, random.below(text.length + 1));
    case 1:
      return `\ufeff${text}`;
    case 2:
      return text.replace('{', '{"__proto__":{"isAdmin":true},');
    case 3:
      return text.replace('{', '{"constructor":{"prototype":{"x":1}},');
    case 4:
      return `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    case 5:
      return `${text}${text}`;
    case 6:
      return text.replaceAll('"', "'");
    default:
      return text.replaceAll(/\d+/g, '1e400');
  }
}
