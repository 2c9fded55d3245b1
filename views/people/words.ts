import { defineWords } from '../../src/platform/i18n/locale.ts';

export const peopleWords = defineWords({
  zhCN: {},
  en: {},
});
