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
      '一个人记、另一个人查，账才可信。请乡镇或县里的管理员给第一书记或监督员开账号，开好这里自动打勾。',
    'oversight.first.secondLink': '怎么请第二个人',
    'oversight.first.award': '记第一笔分',
    'oversight.first.awardHint': '选一条细则，选几户，看清楚再确认。',
    'oversight.first.awardLink': '加分',
    'oversight.first.notice': '发第一份公示',
    'oversight.first.noticeHint': '过完第一个月，由第一书记核对、发布，打印出来贴到公示栏。',
    'oversight.first.noticeLink': '公示',
  },
  en: {
    'oversight.first.title': 'Six steps to begin',
    'oversight.first.lead':
      'The first award takes ten minutes. What is done is ticked by itself; when all is done this page folds away.',
    'oversight.first.allDone': 'All six steps are done.',
    'oversight.first.progress': '{done} of {all} done',
    'oversight.first.all': 'All six steps',
    'oversight.first.done': 'Done',
    'oversight.first.open': 'To do',
    'oversight.first.roster': 'Register the households',
    'oversight.first.rosterHint':
      'Import the list that the village has, or register them one by one. It gives no points.',
    'oversight.first.rosterLink': 'Import a list',
    'oversight.first.cards': 'Open and print the cards',
    'oversight.first.cardsHint': 'Points need an open card. Print them, cut them, hand them out.',
    'oversight.first.cardsLink': 'Open cards',
    'oversight.first.goods': 'Put goods on the shelf',
    'oversight.first.goodsHint': 'As the delivery slip says: from whom, what, how much.',
    'oversight.first.goodsLink': 'Goods in',
    'oversight.first.second': 'Get a second person',
    'oversight.first.secondHint':
      'One records, another looks. Ask the township’s or county’s administrator for an account for the first secretary or supervisor; it is ticked by itself.',
    'oversight.first.secondLink': 'How to get a second person',
    'oversight.first.award': 'Give the first points',
    'oversight.first.awardHint': 'Choose a rule and some households, look, confirm.',
    'oversight.first.awardLink': 'Award points',
    'oversight.first.notice': 'Publish the first notice',
    'oversight.first.noticeHint':
      'After the first month the first secretary checks and publishes it, to hang on the board.',
    'oversight.first.noticeLink': 'Notices',
  },
});
