import { defineWords } from '../../src/platform/i18n/locale.ts';

export const cardsWords = defineWords({
  zhCN: {},
  en: {},
});
