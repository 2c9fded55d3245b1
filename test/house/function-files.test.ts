import { expect, test } from 'vitest';
import { changedFunctions, inCallOrder, parseFunctionFile } from './function-files.ts';

const source = (name: string, body = 'begin end;') =>
  `-- Why.\ncreate or replace function ${name}(p_id integer) returns void\nlanguage plpgsql\nas $$\n${body}\n$$;\n`;
const file = (name: string, body?: string) => parseFunctionFile(`src/ledger/${name}.sql`, source(name, body));
const migration = (...texts: string[]) => ({ name: '0000_a.sql', text: texts.join('--> statement-breakpoint\n') });

test('a function that stands in a migration as it is needs no new one', () => {
  expect(changedFunctions([file('one')], [migration(source('zero'), source('one'))])).toEqual([]);
});

test('a function that is in no migration needs one', () => {
  expect(changedFunctions([file('one')], [migration(source('one_more'))])).toHaveLength(1);
});

test('a changed body needs a migration, and so does a changed head', () => {
  expect(changedFunctions([file('one', 'begin perform 1; end;')], [migration(source('one'))])).toHaveLength(1);
  const head = source('one').replace('returns void', 'returns void\nsecurity definer');
  expect(changedFunctions([file('one')], [migration(head)])).toHaveLength(1);
});

test('only the newest copy counts', () => {
  const older = migration(source('one'));
  const newer = migration(source('one', 'begin perform 2; end;'));
  expect(changedFunctions([file('one')], [older, newer])).toHaveLength(1);
  expect(changedFunctions([file('one')], [newer, older])).toEqual([]);
});

test('line ends of another system are no change', () => {
  const windows = parseFunctionFile('src/ledger/one.sql', source('one').replaceAll('\n', '\r\n'));
  expect(changedFunctions([windows], [migration(source('one'))])).toEqual([]);
});

test('a called function comes before its caller', () => {
  const names = inCallOrder([file('one', 'perform two(1);'), file('three'), file('two', 'perform three(1);')]);
  expect(names.map(({ name }) => name)).toEqual(['three', 'two', 'one']);
});

test('a function file holds the function that it is named after, whole', () => {
  expect(() => parseFunctionFile('src/ledger/one.sql', source('two'))).toThrow(
    'src/ledger/one.sql must hold one statement',
  );
  expect(() => parseFunctionFile('src/ledger/one.sql', source('one').replace('$$;', '$$'))).toThrow(
    'end in a semicolon',
  );
});
