/** Words that this village knows, by the name of the field in which they make sense. */
import { cards, countyCode, FOUNDED_ON, people, poplarCode, townshipCode, willowCode } from '../support/cast.ts';
import type { KnownWords } from './sample-schema.ts';

export const WORDS: KnownWords & { text: readonly string[]; village: readonly string[]; region: readonly string[] } = {
  village: [willowCode, willowCode, willowCode, poplarCode, townshipCode],
  region: [countyCode, countyCode, townshipCode, willowCode],
  number: Object.values(cards),
  card: Object.values(cards),
  cards: Object.values(cards),
  into: Object.values(cards),
  code: [willowCode, countyCode, 'GR001', '1', 'A1'],
  goods: ['GR001', 'GR005', 'WA003', 'AP001'],
  month: ['2026-09', '2026-10', '2026-11'],
  period: ['2026-09', '2026-10', '2026-11'],
  version: ['1', '2'],
  seq: ['0', '1', '5', '12'],
  person: ['1', '2', '3', '7'],
  occurredOn: [FOUNDED_ON, '2026-10-08', '2026-11-20'],
  effectiveFrom: ['2027-01-01'],
  group: ['东头组', '西头组'],
  username: [...Object.values(people), 'nobody'],
  change: ['freezing', 'recall', 'replacement', 'split', 'merger', 'departure', 'naming', 'arrival', 'correction'],
  '*': ['0/000', '0/000.p/3', '1/000', 'x001/000'],
  text: ['好', '理由', 'x', '10', '0'],
};

/** Fields are sometimes named like what every object has. */
export function wordsFor(name: string): readonly string[] {
  return Object.hasOwn(WORDS, name) ? (WORDS[name] ?? WORDS.text) : WORDS.text;
}

export const QUERY_NAMES = [
  'q',
  'cursor',
  'limit',
  'month',
  'on',
  'from',
  'before',
  'kind',
  'who',
  'result',
  'return',
  'seq',
  'operation',
  'card',
  'page',
  'rule',
  'group',
  'asOf',
  '__proto__',
];
export const FIELD_NAMES = [
  'card',
  'cards',
  'rule',
  'quantity',
  'reason',
  'occurredOn',
  'idempotencyKey',
  'name',
  'code',
  'username',
  'password',
  'pin',
  'device',
  'which',
  'draft',
  'identityProof',
  'return',
  'locale',
  'returnTo',
  'month',
  '__proto__',
  'lines[0]',
  'toString',
];
