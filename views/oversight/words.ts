import { defineWords } from '../../src/platform/i18n/locale.ts';

export const oversightWords = defineWords({
  zhCN: {},
  en: {},
});
