import { defineWords } from '../../src/platform/i18n/locale.ts';

/** Of the count at the end of a day at the counter. */
export const dayWords = defineWords({
  zhCN: {
    'exchange.day.title': '当天兑换汇总',
    'exchange.day.today': '今天的汇总',
    'exchange.day.none': '这一天没有人来兑换',
    'exchange.day.exchanges': '兑换笔数',
    'exchange.day.households': '来了几户',
    'exchange.day.served': '谁经办的',
    'exchange.day.numbers': '编号',
    'exchange.day.range': '第 {first} 号到第 {last} 号',
    'exchange.day.paper': '断网时的纸条',
    'exchange.day.missing': '还没有补录的纸条',
    'exchange.day.noneMissing': '没有缺号',
    'exchange.day.keeper': '管理员签字',
    'exchange.day.witness': '监督人签字',
    'exchange.day.numbersHint': '公开账本的号是全村一起排的，中间的号是别的账，一个都不会缺。',
  },
  en: {
    'exchange.day.title': 'Exchanges of the day',
    'exchange.day.today': 'Today’s summary',
    'exchange.day.none': 'Nobody exchanged anything on this day',
    'exchange.day.exchanges': 'Number of exchanges',
    'exchange.day.households': 'Households that came',
    'exchange.day.served': 'Served by',
    'exchange.day.numbers': 'Numbers',
    'exchange.day.range': 'no. {first} to no. {last}',
    'exchange.day.paper': 'Paper slips (no network)',
    'exchange.day.missing': 'Paper slips not yet entered',
    'exchange.day.noneMissing': 'none missing',
    'exchange.day.keeper': 'Signature of the manager',
    'exchange.day.witness': 'Signature of a witness',
    'exchange.day.numbersHint':
      'The whole village shares one numbering in the public record: the numbers in between are other entries, none is missing.',
  },
});
