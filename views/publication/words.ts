import { defineWords } from '../../src/platform/i18n/locale.ts';

export const publicationWords = defineWords({
  zhCN: {},
  en: {},
});
