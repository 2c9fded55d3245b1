/**
 * What stands in the box for pasted lists: a 接龙 from the chat, a column of a spreadsheet, scanned cards, typed names or
 * initials. Every word that could name a household is kept, so that nobody is left out without a line that says so.
 */

/** One household as somebody wrote it. */
export interface PastedEntry {
  /** As it stood there, without numbering and marks. */
  text: string;
  /** The parts that may be a name, a group, initials, a card number or the token of a card's QR. */
  words: string[];
}

const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
const CHAIN = /^#\s*接[龙龍]/;
const LEADING_MARKS = /^[^\p{L}\p{N}(#]+/u;
const SCANNED = /(?:^|\/c\/)([a-z2-9]{26})(?:[/?#].*)?$/i;
const FIRST_OF_CHAIN = /^1\s*[.、)]/;
/** `1.` `2、` `(3)` `4)` `第5` `一、`, and a bare number directly before a name. */
const NUMBERING =
  /^(?:\(?\d{1,3}\s*[.、):,](?!\d{1,2}(?!\d))|\(\d{1,3}\)|\d{1,3}\s*(?=\p{Script=Han})(?![年月日号点组队户人])|[一二三四五六七八九十]{1,3}[.、):])\s*/u;
const SEPARATORS = /[、,;|/&]+/;
const PLUS_MARK = /\+\s*\d+(?:\.\d+)?\s*[分人]?/g;
const BRACKETS = /[()[\]{}<>《》【】「」“”"'‘’:：]/g;
/** 3人, 2分, 半天: how many or how much, never who. */
const AMOUNT = /^(?:[+-]?\d+(?:\.\d+)?|[一二两三四五六七八九十半])(?:人|分|户|次|天|口|元|小时|个)$/;
const HEADINGS = new Set(
  '姓名 户主 户主姓名 名单 序号 编号 组别 小组 村民小组 卡号 人数 电话 手机 备注 签名 积分'.split(' '),
);

export function decidePastedList(text: string): PastedEntry[] {
  const lines = text
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .split(LINE_END)
    .map((line) => line.trim());
  return withoutChainTitle(lines).flatMap(readLine);
}

/** Of a 接龙 everything before its number 1 is title and example. */
function withoutChainTitle(lines: readonly string[]): string[] {
  const chain = lines.findIndex((line) => CHAIN.test(line));
  if (chain === -1) return [...lines];
  const first = lines.findIndex((line, index) => index > chain && FIRST_OF_CHAIN.test(line));
  return [...lines.slice(0, chain), ...lines.slice(first === -1 ? chain + 1 : first)];
}

function readLine(line: string): PastedEntry[] {
  const scanned = SCANNED.exec(line)?.[1];
  if (scanned) return [{ text: scanned.toUpperCase(), words: [scanned.toUpperCase()] }];
  return line
    .replace(LEADING_MARKS, '')
    .replace(NUMBERING, '')
    .replace(PLUS_MARK, ' ')
    .split('+')
    .flatMap((part) => part.split(SEPARATORS))
    .map((part) => ({ text: part.trim(), words: wordsOf(part) }))
    .filter(({ words }) => words.length > 0 && !words.every((word) => HEADINGS.has(word)));
}

/** `张 三` is one name: single characters that stand apart belong together. */
function wordsOf(part: string): string[] {
  const words: string[] = [];
  let isOpen = false;
  for (const piece of part.replace(BRACKETS, ' ').split(/\s+/)) {
    const word = piece.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
    if (word === '' || AMOUNT.test(word) || /^\d{1,3}$/.test(word)) {
      isOpen = false;
      continue;
    }
    const isSingle = /^\p{Script=Han}$/u.test(word);
    if (isSingle && isOpen) words.push(`${words.pop()}${word}`);
    else words.push(word);
    isOpen = isSingle;
  }
  return words;
}
