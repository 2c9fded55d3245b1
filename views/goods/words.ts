import { defineWords } from '../../src/platform/i18n/locale.ts';

export const goodsWords = defineWords({
  zhCN: {
    'goods.zone.GRAIN_OIL': '粮油区',
    'goods.zone.DAILY': '日用品区',
    'goods.zone.WASH': '洗化区',
    'goods.zone.CLOTH': '服装区',
    'goods.zone.AGRI': '农资区',
    'goods.zone.APPL': '家用电器区',
  },
  en: {
    'goods.zone.GRAIN_OIL': 'Grain and oil',
    'goods.zone.DAILY': 'Daily goods',
    'goods.zone.WASH': 'Washing and hygiene',
    'goods.zone.CLOTH': 'Clothing',
    'goods.zone.AGRI': 'Farm supplies',
    'goods.zone.APPL': 'Appliances',
  },
});
