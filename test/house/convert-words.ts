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
  ['演示', '示範'],
  ['掃碼', '掃描'],
  ['二維碼', 'QR 碼'],
  // One character for several, chosen wrongly.
  ['里', '裡'],
  ['天后', '天後'],
  ['髮卡', '發卡'],
  ['最多隻', '最多只'],
  ['采納', '採納'],
  ['臺', '台'],
  ['準許', '准許'],
  ['裡準', '裡准'],
  ['沒有準', '沒有准'],
  ['這樣準', '這樣准'],
  ['迴音', '回音'],
  ['複制', '複製'],
  ['衝正', '沖正'],
  // Words of programmers, where a village means its own.
  ['程式碼', '代碼'],
  ['登出', '註銷'],
  ['釋出', '發布'],
  ['佈', '布'],
  ['分割槽', '分區'],
  ['專案', '項目'],
  ['型別', '類型'],
  ['稽核', '審核'],
  ['許可權', '權限'],
  ['資料資料夾', '資料目錄'],
  ['表文件', '表檔案'],
  ['打印', '列印'],
  ['窗口', '視窗'],
  ['導回', '匯回'],
  ['網路地址', '網路位址'],
  // A table has 欄 from the left and 列 from above.
  ['一列', '一欄'],
  ['兩列', '兩欄'],
  ['，列的先後', '，欄位的先後'],
  // Words of the mainland.
  ['「退出」', '「登出」'],
  ['「幫助」', '「說明」'],
  ['負責的同志', '負責的人'],
  ['身份', '身分'],
  ['攝像頭', '鏡頭'],
  ['自帶', '內建'],
  ['終端', '終端機'],
  ['應用商店', '應用程式商店'],
  ['谷歌瀏覽器', 'Chrome 瀏覽器'],
  ['火狐瀏覽器', 'Firefox 瀏覽器'],
  ['蘋果瀏覽器', 'Safari 瀏覽器'],
  ['} 兆', '} MB'],
  ['聯網', '連網'],
  ['微信群', '微信群組'],
  ['村民群', '村民群組'],
  ['志願服務', '志工服務'],
  ['保質期', '保存期限'],
  ['銷號', '結案'],
  ['整改', '改善'],
  ['提交', '送出'],
  // Data are 儲存 on a machine; a person keeps a paper.
  ['儲存好', '保存好'],
  ['自己儲存', '自己保存'],
  // Who leaves a system does 登出; goods go out of the stock as before.
  ['退出它', '登出'],
  ['退出其他', '登出其他'],
  ['全部退出', '全部登出'],
  ['已退出', '已登出'],
  ['都會退出', '都會登出'],
  ['再退出', '再登出'],
  ['沒有退出', '沒有登出'],
];

/** Single texts that no general correction can reach. */
const OVERRIDES: Partial<Record<WordKey, string>> = {
  'shared.help': '說明',
  'shared.signOut': '登出',
  'people.signIns.endOne': '登出這一處',
  'shared.textSize': '字級',
  'shared.import.row': '第幾列',
  'shared.import.download': '下載要改的 {count} 列',
  'refusal.sheet_too_large': '檔案太大，最多 {mostRows} 列。請分成幾個檔案交。',
  'people.help.title': '說明',
  'people.role.recorder': '記錄員',
  'people.system.android': 'Android 手機',
  'auditlog.log.howProgram': '用隨本系統提供的核對程式（和伺服器不共用程式碼）：',
  'awards.new.codeHint': '每按一次 Enter 選一戶；也可以把接龍、表格裡的一整欄貼上來。',
  'awards.new.codeFits': '有 {count} 戶，按 Enter 選打箭頭的一戶',
  'goods.receive.rowsHint':
    '貨名一格可以掃條碼，也可以填貨名、拼音首字母或貨號；掃一下就換行，同樣的貨再掃一次多一件。',
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
  const corrected = CORRECTIONS.reduce((words, [wrong, right]) => words.replaceAll(wrong, right), text);
  return corrected.replace(/(\p{Script=Han})QR 碼/gu, '$1 QR 碼');
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
