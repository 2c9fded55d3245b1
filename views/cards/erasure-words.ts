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
    'refusal.already_erased': '这一户的资料已经删除过了，不用再办。',
    'refusal.household_not_closed': '这一户的卡还没有注销，或者还有积分，不能删除。请先办迁出、并户或余分归村。',
  },
  en: {
    'cards.erasure.link': 'Erase on request',
    'cards.erasure.title': 'Erase the data of {name}’s household',
    'cards.erasure.lead':
      'For when the person or the family asks for it. It cannot be brought back; check the card number first.',
    'cards.erasure.goes': 'What is erased',
    'cards.erasure.goes.household': 'the head’s name, the phone number and the pinyin for searching',
    'cards.erasure.goes.openings': 'the name, card number, reason and note in every earlier entry',
    'cards.erasure.goes.claims': 'what was written in claims, deductions, objections and answers',
    'cards.erasure.goes.wishes': 'wishes, contact details, words on the wall and echoes',
    'cards.erasure.goes.visits': 'what was written about home visits and in the problem ledger',
    'cards.erasure.goes.photos': 'photos of this household alone',
    'cards.erasure.goes.kin': 'who declared it their own or a relative’s household',
    'cards.erasure.goes.card': 'the QR code on the card no longer opens anything',
    'cards.erasure.stays': 'What stays',
    'cards.erasure.stays.record':
      'the date, points and goods of every entry, under a random pseudonym only; the public record can still be checked',
    'cards.erasure.stays.published': 'published exchange records, where the name is masked with asterisks',
    'cards.erasure.stays.words':
      'names that somebody wrote into other entries in passing: the program cannot find them; if you know where, tell the county',
    'cards.erasure.stays.shared':
      'photos together with other households, such as group photos: the program cannot tell who is on them',
    'cards.erasure.stays.act': 'this erasure itself, in the public record, without saying who',
    'cards.erasure.reason': 'Reason for erasing',
    'cards.erasure.reasonHint': 'Without names or phone numbers, for example: written request no. 3 of 2026.',
    'cards.erasure.reasonError': 'Give the reason, 2 to 100 characters',
    'cards.erasure.confirm': 'Confirm',
    'cards.erasure.confirmYes': 'I have checked the card number; erase it',
    'cards.erasure.confirmError': 'Check the card number first, then tick to confirm',
    'cards.erasure.submit': 'Erase this household’s data',
    'refusal.household_has_open_matters':
      'This household still has open matters: {claims} {claims|claim|claims}, {objections} {objections|objection|objections}, {wishes} {wishes|wish|wishes}. Return, withdraw, answer or close them first, then erase.',
    'refusal.already_erased': 'This household’s data has already been erased. There is nothing more to do.',
    'refusal.household_not_closed':
      'This household’s card is not closed yet or still has points, so it cannot be erased. First record that it moved away or merged, or give its points to the village.',
  },
});
