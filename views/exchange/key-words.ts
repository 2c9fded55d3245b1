import { defineWords } from '../../src/platform/i18n/locale.ts';

/** Of the keys at the counter. */
export const keyWords = defineWords({
  zhCN: {
    'exchange.camera.start': '用摄像头扫码',
    'exchange.camera.refused': '摄像头打不开，请用扫码枪或输入',
    'exchange.keys.title': '键盘上的键',
    'exchange.keys.confirm': '确认兑换',
    'exchange.keys.park': '先放一放',
    'exchange.keys.parkHelp': '篮子先放一放，换下一位',
    'exchange.keys.print': '兑换好以后打印小票',
    'exchange.keys.empty': '清空扫码的框',
    'exchange.keys.help': '看这张表',
    'exchange.keys.left': '上次的篮子还没有办完',
    'exchange.keys.leftGo': '接着办：{time} 的，{count} 件',
    'exchange.keys.leftDrop': '不要了',
    'exchange.keys.keep': '替这户留着，先用 {points} 分',
    'exchange.keys.parkedTitle': '放着的篮子',
    'exchange.keys.parked': '{time} 放下的篮子，{count} 件：接着办',
  },
  en: {
    'exchange.camera.start': 'Scan with the camera',
    'exchange.camera.refused': 'The camera cannot be used; scan or type instead',
    'exchange.keys.title': 'Keys',
    'exchange.keys.confirm': 'Confirm the exchange',
    'exchange.keys.park': 'Put aside',
    'exchange.keys.parkHelp': 'Put the basket aside for the next person',
    'exchange.keys.print': 'Print the slip after an exchange',
    'exchange.keys.empty': 'Empty the field for scanning',
    'exchange.keys.help': 'Show this table',
    'exchange.keys.left': 'The last basket was not exchanged',
    'exchange.keys.leftGo': 'Go on: {time}, {count} pieces',
    'exchange.keys.leftDrop': 'Throw it away',
    'exchange.keys.keep': 'Keep for them, {points} points',
    'exchange.keys.parkedTitle': 'Baskets put aside',
    'exchange.keys.parked': 'Put aside at {time}, {count} pieces: go on',
  },
});
