import { defineWords } from '../../src/platform/i18n/locale.ts';

export const awardsWords = defineWords({
  zhCN: {},
  en: {},
});
