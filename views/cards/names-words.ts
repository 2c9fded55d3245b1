import { defineWords } from '../../src/platform/i18n/locale.ts';

/** Of how much of a name everybody sees. */
export const namesWords = defineWords({
  zhCN: {
    'cards.names.link': '公示姓名',
    'cards.names.title': '公开的地方怎样写姓名',
    'cards.names.lead': '公开账本、公示和公示榜上，姓名写多少，由村民代表会议定，不能超过县里准的。',
    'cards.names.limited': '县里准的比村里定的少，现在按县里准的写。',
    'cards.names.level': '姓名写多少',
    'cards.names.levelHint': '办公室里的人看的页面不变。',
    'cards.names.level.0': '不写姓名，只写卡号后四位：户0012',
    'cards.names.level.1': '只写姓：王**',
    'cards.names.level.2': '中间的字用星号：王*国',
    'cards.names.level.3': '写全名：王建国',
    'cards.names.notAllowed': '县里没有准',
    'cards.names.levelError': '请选一种',
    'cards.names.reason': '谁定的',
    'cards.names.reasonHint': '例如：2026 年 11 月 20 日村民代表会议。公开账本里不写这一句。',
    'cards.names.reasonError': '请写明谁定的，2 到 100 个字',
    'cards.names.submit': '照这样写，记进公开账本',
    'cards.names.published': '马上生效。已经发布的公示，姓名还是发布那天的写法。',
    'cards.names.limitTitle': '姓名最多写多少',
    'cards.names.limitLead': '各村公开的地方写姓名，不能超过这里准的。改少了马上生效。',
    'cards.names.limit': '最多写到',
    'cards.names.limitSubmit': '照这样准',
    'cards.names.limitSaved': '改好了，记在安全日志里。',
    'refusal.names_above_limit': '县里没有准写这么多。请选少一些的，或请县里先改。',
    'refusal.names_unchanged': '现在就是这样写的，不用改。',
  },
  en: {
    'cards.names.link': 'Names in public',
    'cards.names.title': 'How names are shown in public',
    'cards.names.lead':
      'How much of a name the public record, the notices and the notice board show is decided by the villager representatives’ meeting, within what the county allows.',
    'cards.names.limited': 'The county allows less than the village decided, so names are shown as the county allows.',
    'cards.names.level': 'How much of the name',
    'cards.names.levelHint': 'Pages for officials stay the same.',
    'cards.names.level.0': 'No name, only the last four digits of the card number: 户0012',
    'cards.names.level.1': 'Family name only: 王**',
    'cards.names.level.2': 'Middle character masked: 王*国',
    'cards.names.level.3': 'Full name: 王建国',
    'cards.names.notAllowed': 'Not allowed by the county',
    'cards.names.levelError': 'Choose one',
    'cards.names.reason': 'Decided by',
    'cards.names.reasonHint':
      'For example: villager representatives’ meeting, 20 November 2026. The public record does not show this.',
    'cards.names.reasonError': 'Say who decided it, 2 to 100 characters',
    'cards.names.submit': 'Show names like this, on record',
    'cards.names.published':
      'Takes effect at once. Notices already published keep the names as shown on the day they were published.',
    'cards.names.limitTitle': 'Most of a name that may be shown',
    'cards.names.limitLead':
      'No village may show more of a name in public than you allow here. A stricter limit takes effect at once.',
    'cards.names.limit': 'Show at most',
    'cards.names.limitSubmit': 'Allow this',
    'cards.names.limitSaved': 'Saved and noted in the security log.',
    'refusal.names_above_limit':
      'The county does not allow showing this much. Choose less, or ask the county to change its limit first.',
    'refusal.names_unchanged': 'Names are already shown like this; there is nothing to change.',
  },
});
