import { defineWords } from '../../src/platform/i18n/locale.ts';

/** 开张六步. */
export const firstWords = defineWords({
  zhCN: {
    'oversight.first.title': '开张六步',
    'oversight.first.lead': '照着做，十分钟就能记上第一笔。做好的自动打勾，都做好了这一页就收起来。',
    'oversight.first.allDone': '六步都做好了。',
    'oversight.first.progress': '做好 {done} 步，共 {all} 步',
    'oversight.first.all': '看全部六步',
    'oversight.first.done': '做好了',
    'oversight.first.open': '还没做',
    'oversight.first.roster': '把住户登记进来',
    'oversight.first.rosterHint': '有花名册就导入，没有就一户一户登记。导入不加分。',
    'oversight.first.rosterLink': '导入花名册',
    'oversight.first.cards': '开卡、打印积分卡',
    'oversight.first.cardsHint': '开了卡才能记分。每户一张，打印出来剪开，发到户里。',
    'oversight.first.cardsLink': '给住户开卡',
    'oversight.first.goods': '把货登记上架',
    'oversight.first.goodsHint': '照着收货单写：谁给的，什么货，多少。',
    'oversight.first.goodsLink': '进货',
    'oversight.first.second': '请第二个人',
    'oversight.first.secondHint':
      '一个人记、另一个人查，账才可信。请乡镇或县级系统管理员给第一书记或监督员开账号，开好这里自动打勾。',
    'oversight.first.secondLink': '怎么请第二个人',
    'oversight.first.award': '记第一笔分',
    'oversight.first.awardHint': '选一条细则，选几户，看清楚再确认。',
    'oversight.first.awardLink': '加分',
    'oversight.first.notice': '发第一份公示',
    'oversight.first.noticeHint': '过完第一个月，由第一书记核对、发布，打印出来贴到公示栏。',
    'oversight.first.noticeLink': '公示',
  },
  en: {
    'oversight.first.title': 'Six steps to get started',
    'oversight.first.lead':
      'Follow these steps and you can record the first award in ten minutes. Finished steps are ticked automatically; when all are done, this page disappears.',
    'oversight.first.allDone': 'All six steps are done.',
    'oversight.first.progress': '{done} of {all} steps done',
    'oversight.first.all': 'All six steps',
    'oversight.first.done': 'Done',
    'oversight.first.open': 'To do',
    'oversight.first.roster': 'Register the households',
    'oversight.first.rosterHint':
      'If you have a household list, import it; otherwise register them one by one. Importing gives no points.',
    'oversight.first.rosterLink': 'Import a household list',
    'oversight.first.cards': 'Open cards and print them',
    'oversight.first.cardsHint':
      'Points can only be recorded on an open card. One per household: print them, cut them out and hand them out.',
    'oversight.first.cardsLink': 'Open cards',
    'oversight.first.goods': 'Put goods on the shelf',
    'oversight.first.goodsHint': 'Follow the delivery slip: who gave it, what goods, how many.',
    'oversight.first.goodsLink': 'Receive goods',
    'oversight.first.second': 'Ask a second person',
    'oversight.first.secondHint':
      'Accounts are trusted when one person records and another checks. Ask the township or county administrator for an account for the first secretary or supervisor; this is ticked automatically once it exists.',
    'oversight.first.secondLink': 'How to ask a second person',
    'oversight.first.award': 'Record the first award',
    'oversight.first.awardHint': 'Choose a rule and some households, check, then confirm.',
    'oversight.first.awardLink': 'Award points',
    'oversight.first.notice': 'Publish the first notice',
    'oversight.first.noticeHint':
      'After the first month the first secretary checks and publishes it; print it and hang it on the notice board.',
    'oversight.first.noticeLink': 'Notices',
  },
});
