import { defineWords } from '../../src/platform/i18n/locale.ts';

/** Of the page on which the county forgets who a household was. */
export const erasureWords = defineWords({
  zhCN: {
    'cards.erasure.link': '按要求删除资料',
    'cards.erasure.title': '删除{name}家的资料',
    'cards.erasure.lead': '本人或家属要求删除时办理。删除以后找不回来，请先核对卡号。',
    'cards.erasure.goes': '会删除',
    'cards.erasure.goes.household': '户主姓名、电话，和按姓名查找用的拼音',
    'cards.erasure.goes.openings': '以前每一笔里的姓名、卡号、原因和说明',
    'cards.erasure.goes.claims': '申报、扣分、异议和答复里写的话',
    'cards.erasure.goes.wishes': '心愿、联系方式、墙上写的话和回音',
    'cards.erasure.goes.visits': '上门检查和问题台账里写的话',
    'cards.erasure.goes.photos': '只属于这一户的照片',
    'cards.erasure.goes.kin': '谁把它申报成自己家或亲属家',
    'cards.erasure.goes.card': '卡上的二维码，扫了不再打开',
    'cards.erasure.stays': '会留下',
    'cards.erasure.stays.record': '每一笔的日期、分数和货品，只有随机代号，公开账本照样能核对',
    'cards.erasure.stays.published': '已经公示的兑换记录，姓名中间是星号',
    'cards.erasure.stays.words': '在别的记录里随手写到的姓名，程序认不出来；知道在哪一笔，请告诉县里',
    'cards.erasure.stays.shared': '和别的户一起的照片，如集体活动的合影：程序认不出谁在上面',
    'cards.erasure.stays.act': '这次删除本身，记进公开账本，不写是谁',
    'cards.erasure.reason': '为什么删除',
    'cards.erasure.reasonHint': '不要写姓名和电话，例如：本人书面申请，2026 年第 3 号。',
    'cards.erasure.reasonError': '请写明原因，2 到 100 个字',
    'cards.erasure.confirm': '确认',
    'cards.erasure.confirmYes': '卡号核对过了，要删除',
    'cards.erasure.confirmError': '请先核对卡号，再勾选确认',
    'cards.erasure.submit': '删除这一户的资料',
    'refusal.household_has_open_matters':
      '这一户还有没办完的：申报 {claims} 件、异议 {objections} 件、心愿 {wishes} 个。请先退回、撤回、答复或办结，再来删除。',
    'refusal.already_erased': '这一户的资料已经删除过了。',
    'refusal.household_not_closed': '这一户的卡还没有注销，或者还有积分，不能删除。请先办迁出、并户或余分归村。',
  },
  en: {
    'cards.erasure.link': 'Erase on request',
    'cards.erasure.title': 'Erase who the household of {name} was',
    'cards.erasure.lead':
      'When the person or the family asks for it. It cannot be undone; please check the card number first.',
    'cards.erasure.goes': 'What goes',
    'cards.erasure.goes.household': 'name of the head, telephone, and the keys by which the name is searched',
    'cards.erasure.goes.openings': 'names, card numbers, reasons and remarks in every earlier record',
    'cards.erasure.goes.claims': 'what was written in claims, deductions, objections and their answers',
    'cards.erasure.goes.wishes': 'wishes, how to be reached, what the wall says of them, and thanks',
    'cards.erasure.goes.visits': 'what was written about visits and in the problem ledger',
    'cards.erasure.goes.photos': 'photos that are of this household alone',
    'cards.erasure.goes.kin': 'who declared it to be the own or a relative’s household',
    'cards.erasure.goes.card': 'the QR code on the card, which opens nothing any more',
    'cards.erasure.stays': 'What stays',
    'cards.erasure.stays.record':
      'day, points and goods of every record, under a random pseudonym; the public log still verifies',
    'cards.erasure.stays.published': 'published exchange records, in which names are masked',
    'cards.erasure.stays.words':
      'a name that somebody wrote into another record in free words: no program finds it; tell the county where it is',
    'cards.erasure.stays.shared':
      'Photos together with other households, as of activities: the program cannot know who is on them',
    'cards.erasure.stays.act': 'the erasure itself, in the public log, without saying whose',
    'cards.erasure.reason': 'Why it is erased',
    'cards.erasure.reasonHint': 'No name, no telephone; for example: written request no. 3 of 2026.',
    'cards.erasure.reasonError': 'Please say why, in 2 to 100 characters',
    'cards.erasure.confirm': 'Confirmation',
    'cards.erasure.confirmYes': 'I have checked the card number: erase it',
    'cards.erasure.confirmError': 'Please check the card number, then tick the box',
    'cards.erasure.submit': 'Erase this household',
    'refusal.household_has_open_matters':
      'Something of this household is not at its end: {claims} claims, {objections} objections, {wishes} wishes. Return, withdraw, answer or close them first.',
    'refusal.already_erased': 'This household was erased before.',
    'refusal.household_not_closed':
      'The card of this household is not closed yet, or it still holds points. Record first that it moved away, was merged, or that its points go back to the village.',
  },
});
