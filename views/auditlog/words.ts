import { defineWords } from '../../src/platform/i18n/locale.ts';

export const auditlogWords = defineWords({
  zhCN: {},
  en: {},
});
