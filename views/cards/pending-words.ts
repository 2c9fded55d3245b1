import { defineWords } from '../../src/platform/i18n/locale.ts';

/** Of what a household cannot spend yet, and what it asks for itself. */
export const pendingWords = defineWords({
  zhCN: {
    'cards.pending.title': '还不能用的：{points} 分',
    'cards.pending.lead': '村里审过、公示期满，才能兑换。',
    'refusal.points_pending': '这一户还有 {pending} 分在公示，没有办。请等公示期满再办，或者先退回申报。',
    'cards.pending.waiting': '等村里审',
    'cards.pending.agreed': '评议通过，等张榜',
    'cards.pending.posted': '公示中',
    'cards.pending.objected': '有异议，正在查',
    'cards.pending.returned': '退回了，请到村委会问一问',
    'cards.pending.from': '能用的日子：',
    'cards.mine.ask': '做了好事没有记上？',
    'cards.mine.askText': '三十天以内的，可以自己报上去，村里审过就记分。',
    'cards.mine.askLink': '我要申报',
    'cards.mine.object': '对公示有异议',
    'cards.one.claim': '替他家申报',
    'cards.entry.earnedOn': '哪天的事：',
    'cards.entry.approvedBy': '审批：{name}',
  },
  en: {
    'cards.pending.title': 'Not to be used yet: {points}',
    'cards.pending.lead': 'Points count once the village has decided and their days on the board are full.',
    'refusal.points_pending':
      '{pending} points of this household are still on the board, so nothing was done. Wait until they count, or return the claim first.',
    'cards.pending.waiting': 'waits for the village',
    'cards.pending.agreed': 'agreed to, to be posted',
    'cards.pending.posted': 'on the board',
    'cards.pending.objected': 'objected to, being looked into',
    'cards.pending.returned': 'returned: ask at the village office',
    'cards.pending.from': 'can be used from',
    'cards.mine.ask': 'Did something good and it is not here?',
    'cards.mine.askText': 'Ask for it within thirty days; it counts once the village has decided.',
    'cards.mine.askLink': 'Ask for points',
    'cards.mine.object': 'Object to a posted line',
    'cards.one.claim': 'Claim for them',
    'cards.entry.earnedOn': 'Earned on',
    'cards.entry.approvedBy': 'Approved by {name}',
  },
});
