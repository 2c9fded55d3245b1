import { defineWords } from '../../src/platform/i18n/locale.ts';

export const exchangeWords = defineWords({
  zhCN: {},
  en: {},
});
