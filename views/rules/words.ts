import { defineWords } from '../../src/platform/i18n/locale.ts';

export const rulesWords = defineWords({
  zhCN: {},
  en: {},
});
