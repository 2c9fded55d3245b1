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
    'exchange.camera.refused': 'The camera cannot be used. Use a scanner or type instead',
    'exchange.keys.title': 'Keyboard keys',
    'exchange.keys.confirm': 'Confirm the exchange',
    'exchange.keys.park': 'Park the basket',
    'exchange.keys.parkHelp': 'Put the basket aside and serve the next person',
    'exchange.keys.print': 'Print the slip after the exchange',
    'exchange.keys.empty': 'Clear the scan field',
    'exchange.keys.help': 'Show this table',
    'exchange.keys.left': 'The last basket was not finished',
    'exchange.keys.leftGo': 'Carry on: {time}, items: {count}',
    'exchange.keys.leftDrop': 'Discard it',
    'exchange.keys.keep': 'Reserve it for them, {points} {points|point|points}',
    'exchange.keys.parkedTitle': 'Parked baskets',
    'exchange.keys.parked': 'Parked at {time}, items: {count}. Carry on',
  },
});
