import { defineWords } from '../../src/platform/i18n/locale.ts';

export const goodsWords = defineWords({
  zhCN: {},
  en: {},
});
