import { defineWords } from '../../src/platform/i18n/locale.ts';

/** 导入: what the pages say on which a table is handed in, whatever it lists. */
export const importWords = defineWords({
  zhCN: {
    'shared.import.files': 'Excel（.xlsx、.xls）、WPS 表格或 CSV 都行，列的先后不要紧。',
    'shared.import.submit': '下一步：看清楚',
    'shared.import.problems': '有问题的，先看这些',
    'shared.import.problemsHint': '这些不会记。在表里改好，再导入一次，已经记过的不会重复。',
    'shared.import.row': '第几行',
    'shared.import.what': '哪里不对',
    'shared.import.download': '下载要改的 {count} 行',
    'shared.import.again': '不记了，换一个文件',
    'refusal.no_sheet_chosen': '还没有选文件。请先选一个。',
    'refusal.sheet_unreadable': '这个文件打不开。请用 Excel 或 WPS 另存为 .xlsx，再交一次；有密码的先去掉密码。',
    'refusal.sheet_too_large': '文件太大，最多 {mostRows} 行。请分成几个文件交。',
    'refusal.sheet_not_understood': '页面放得太久或没有传完整，什么也没有记。请重新选文件。',
  },
  en: {
    'shared.import.files': 'Excel (.xlsx, .xls), WPS or CSV; the columns may stand in any order.',
    'shared.import.submit': 'Next: look it over',
    'shared.import.problems': 'Problems first',
    'shared.import.problemsHint': 'These are not recorded. Mend the file and import it again: nothing counts twice.',
    'shared.import.row': 'Row',
    'shared.import.what': 'What is wrong',
    'shared.import.download': 'Download the {count} to be mended',
    'shared.import.again': 'Stop, another file',
    'refusal.no_sheet_chosen': 'No file was chosen. Choose one first.',
    'refusal.sheet_unreadable': 'The file cannot be read. Save it as .xlsx without a password and try again.',
    'refusal.sheet_too_large': 'The file is too large: at most {mostRows} rows. Divide it.',
    'refusal.sheet_not_understood':
      'The page was too old or came incomplete; nothing was recorded. Choose the file again.',
  },
});
