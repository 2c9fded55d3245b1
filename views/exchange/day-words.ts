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
    'exchange.day.paper': '断网时的纸票',
    'exchange.day.missing': '还没有补录的纸票',
    'exchange.day.noneMissing': '没有缺号',
    'exchange.day.keeper': '管理员签字',
    'exchange.day.witness': '监督人签字',
    'exchange.day.numbersHint': '公开账本的号是全村一起排的，中间的号是别的账，一个都不会缺。',
  },
  en: {
    'exchange.day.title': 'The day at the counter',
    'exchange.day.today': 'Today in sum',
    'exchange.day.none': 'Nobody exchanged anything on this day',
    'exchange.day.exchanges': 'Exchanges',
    'exchange.day.households': 'Households',
    'exchange.day.served': 'Who served',
    'exchange.day.numbers': 'Numbers',
    'exchange.day.range': 'no. {first} to no. {last}',
    'exchange.day.paper': 'Paper slips',
    'exchange.day.missing': 'Paper slips not entered yet',
    'exchange.day.noneMissing': 'none missing',
    'exchange.day.keeper': 'Signature of the keeper',
    'exchange.day.witness': 'Signature of a witness',
    'exchange.day.numbersHint':
      'All acts of the village share the numbers of the public record: those between are other acts.',
  },
});
