import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decidePastedList } from '../../src/awards/decide-pasted-list.ts';

const wordsOf = (text: string) => decidePastedList(text).map(({ words }) => words);

test.each([
  [
    'numbered lines',
    '1. 张三\n2、李四\n(3) 王五\n4)赵六\n５．孙七\n⑥周八',
    ['张三', '李四', '王五', '赵六', '孙七', '周八'],
  ],
  ['a bare number before the name', '1张三\n12 李四', ['张三', '李四']],
  ['Chinese numerals', '一、张三\n十二、李四', ['张三', '李四']],
  ['several on a line', '张三、李四，王五;赵六', ['张三', '李四', '王五', '赵六']],
  ['numbering and several on a line', '1、张三、李四', ['张三', '李四']],
  ['marks behind the name', '1. 张三 +1\n2. 李四 ✓\n3. 王五 2人\n张三+李四', ['张三', '李四', '王五', '张三', '李四']],
  ['names spread by a space', '张　三\n李 四', ['张三', '李四']],
  ['card numbers', '0010010001\n2. 0010010002', ['0010010001', '0010010002']],
  ['headings of a column', '户主姓名\n张三\n序号\t姓名\n李四', ['张三', '李四']],
  ['blank lines and bullets', '\n• 张三\n\n- 李四\n@王五\n', ['张三', '李四', '王五']],
  ['invisible characters', '\u200b张三\ufeff\n\u202a李四', ['张三', '李四']],
])('%s', (_, text, names) => {
  expect(wordsOf(text)).toEqual(names.map((name) => [name]));
});

test('of a 接龙 only the numbered lines and what follows them count', () => {
  const text = '#接龙\n11月20日 村口清扫，8点集合\n例 张三 2人\n\n1. 张三\n2. 李四 +1\n王五';
  expect(wordsOf(text)).toEqual([['张三'], ['李四'], ['王五']]);
});

test('a scanned card is its token, in whatever case and behind whatever address', () => {
  const token = 'ABCDEFGHJKLMNPQRSTUVWXYZ23';
  expect(wordsOf(`HTTPS://SHOP.EXAMPLE/C/${token}\n${token.toLowerCase()}`)).toEqual([[token], [token]]);
});

test('what stands beside a name is kept for whoever matches it', () => {
  expect(wordsOf('1\t王建国\t西头组\t3\t13900000000')).toEqual([['王建国', '西头组', '13900000000']]);
  expect(wordsOf('王建国（西头组）')).toEqual([['王建国', '西头组']]);
});

const name = fc
  .tuple(
    fc.constantFrom(...'张李王赵孙周吴郑钱冯陈'),
    fc.string({ unit: fc.constantFrom(...'建国秀英满仓玉兰春花'), minLength: 1, maxLength: 2 }),
  )
  .map(([surname, given]) => surname + given);
const before = fc.constantFrom('', '1. ', '2、', '(3)', '4) ', '５．', '⑥', '- ', '• ', '  ');
const after = fc.constantFrom('', ' +1', ' ✓', ' 2人', '\t3', '　', '，', '!');
const decorated = fc.tuple(before, name, after).map(([left, word, right]) => ({ word, line: left + word + right }));

test('however a list is numbered and marked, the same names come back in order', () => {
  fc.assert(
    fc.property(fc.array(decorated, { maxLength: 30 }), fc.constantFrom('\n', '\r\n', '\n\n'), (lines, end) => {
      const text = lines.map(({ line }) => line).join(end);
      expect(wordsOf(text)).toEqual(lines.map(({ word }) => [word]));
    }),
  );
});

test('any text is read without a fault, and every entry names something', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      for (const entry of decidePastedList(text)) {
        expect(entry.words.length).toBeGreaterThan(0);
        for (const word of entry.words) expect(word).toMatch(/[\p{L}\p{N}]/u);
      }
    }),
  );
});

test('a name on a line of its own is never lost', () => {
  fc.assert(
    fc.property(fc.array(name, { maxLength: 20 }), fc.string({ unit: 'grapheme', maxLength: 40 }), (names, noise) => {
      fc.pre(!/[#\n\r\v\f\u0085\u2028\u2029]/.test(noise));
      const found = decidePastedList([...names, noise].join('\n')).flatMap(({ words }) => words);
      expect(found.slice(0, names.length)).toEqual(names);
    }),
  );
});
