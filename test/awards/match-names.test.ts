import { expect, test } from 'vitest';
import { matchNames } from '../../views/assets/match-names.ts';

const HOUSEHOLDS = [
  { number: '2000010001', name: '赵满仓' },
  { number: '2000010002', name: '王建国' },
  { number: '2000010003', name: '王建国' },
  { number: '2000010004', name: '单小花' },
];

test.each([
  ['赵满仓\n单小花', ['2000010001', '2000010004'], [], []],
  ['1. 赵满仓、2）单小花', ['2000010001', '2000010004'], [], []],
  ['2000010003 王建国', ['2000010003'], [], []],
  ['２０００010002', ['2000010002'], [], []],
  ['王建国', [], ['王建国'], []],
  ['胡不在', [], ['胡不在'], []],
  ['2000019999', [], ['2000019999'], []],
  ['赵满仓\n赵满仓', ['2000010001'], [], ['赵满仓']],
  ['\n , ', [], [], []],
])('%j means %j', (lines, found, unclear, twice) => {
  const matched = matchNames(lines, HOUSEHOLDS);
  expect(matched.found.map(({ number }) => number)).toEqual(found);
  expect(matched.unclear).toEqual(unclear);
  expect(matched.twice).toEqual(twice);
});
