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
    'refusal.sheet_unreadable': '这个文件打不开。请用 Excel 或 WPS 另存为 .xlsx，再交一次；文件有密码的，先去掉密码。',
    'refusal.sheet_too_large': '文件太大，最多 {mostRows} 行。请分成几个文件交。',
    'refusal.sheet_not_understood': '页面放得太久或没有传完整，什么也没有记。请重新选文件。',
  },
  en: {
    'shared.import.files': 'Excel (.xlsx, .xls), WPS or CSV. The columns may be in any order.',
    'shared.import.submit': 'Next: check',
    'shared.import.problems': 'Rows with problems',
    'shared.import.problemsHint':
      'These are not recorded. Correct them in the file and import it again: nothing is recorded twice.',
    'shared.import.row': 'Row',
    'shared.import.what': 'What is wrong',
    'shared.import.download': 'Download {count} {count|row|rows} to correct',
    'shared.import.again': 'Cancel and choose another file',
    'refusal.no_sheet_chosen': 'No file chosen. Choose a file first.',
    'refusal.sheet_unreadable':
      'This file cannot be opened. Save it as .xlsx in Excel or WPS, without a password, and try again.',
    'refusal.sheet_too_large':
      'The file is too large: at most {mostRows} {mostRows|row|rows}. Split it into several files.',
    'refusal.sheet_not_understood':
      'The page was open too long or did not arrive complete; nothing was recorded. Choose the file again.',
  },
});
