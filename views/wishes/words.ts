import { defineWords } from '../../src/platform/i18n/locale.ts';

export const wishesWords = defineWords({
  zhCN: {
    'wishes.title': '心愿墙',
    'wishes.echoes': '回音墙',
  },
  en: {
    'wishes.title': 'Wish wall',
    'wishes.echoes': 'Echo wall',
  },
});
