/**
 * `npm run words` writes views/shared/words.zh-tw.ts from the zh-CN texts; `npm run words -- --check` writes nothing
 * and fails when that file is stale or when any text is missing, misnamed or has lost a place for a value.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Converter } from 'opencc-js/cn2t';
import { areas, type WordKey } from '../../views/shared/dictionary.ts';
import { findWordFaults } from './find-word-faults.ts';

/** Where the general conversion is wrong for this product, or a Taiwanese reader expects another word. */
const CORRECTIONS: readonly (readonly [wrong: string, right: string])[] = [
  ['“', '「'],
  ['”', '」'],
  ['‘', '『'],
  ['’', '』'],
  ['賬', '帳'],
  ['演示資料', '示範資料'],
  ['掃碼', '掃描'],
  ['二維碼', 'QR 碼'],
];

/** Single texts that no general correction can reach. */
const OVERRIDES: Partial<Record<WordKey, string>> = {
  'shared.help': '說明',
  'shared.signOut': '登出',
  'shared.textSize': '字級',
  'shared.sizeButton': '字級：{size}',
};

const target = new URL('../../views/shared/words.zh-tw.ts', import.meta.url);
const convert = Converter({ from: 'cn', to: 'twp' });
const overrides: Readonly<Record<string, string>> = OVERRIDES;
const written = print(convertAll());

if (process.argv.includes('--check')) {
  const faults = findWordFaults(areas);
  if (readFileSync(target, 'utf8') !== written) faults.push('words.zh-tw.ts is stale: run `npm run words`');
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
} else {
  writeFileSync(target, written);
  for (const fault of findWordFaults(areas)) console.warn(fault);
}

function convertAll(): [key: string, text: string][] {
  return Object.values(areas).flatMap((area) =>
    Object.entries<string>(area.zhCN).map(([key, text]): [string, string] => [
      key,
      overrides[key] ?? correct(convert(text)),
    ]),
  );
}

function correct(text: string): string {
  return CORRECTIONS.reduce((corrected, [wrong, right]) => corrected.replaceAll(wrong, right), text);
}

/** In the formatter's own layout, so that the formatter has nothing to change. */
function print(entries: [key: string, text: string][]): string {
  const lines = entries.map(([key, text]) => {
    const line = `  ${quote(key)}: ${quote(text)},`;
    return width(line) <= 120 ? line : `  ${quote(key)}:\n    ${quote(text)},`;
  });
  return `/** Written by \`npm run words\` from the zh-CN texts; corrections belong to test/house/convert-words.ts. */\nexport const zhTW: Readonly<Record<string, string>> = {\n${lines.join('\n')}\n};\n`;
}

/** The formatter counts a full-width character as two. */
function width(line: string): number {
  return [...line].reduce((sum, character) => sum + (/[\u2e80-\u9fff\uff00-\uff60]/.test(character) ? 2 : 1), 0);
}

function quote(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return escaped.includes("'") && !escaped.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`;
}
