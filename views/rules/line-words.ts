import { defineWords } from '../../src/platform/i18n/locale.ts';

/** Red lines and what needs a named decision: why, and what to do. */
export const lineWords = defineWords({
  zhCN: {
    'rules.line.complaint': '投诉、上访、打热线是村民的权利，不能扣分',
    'rules.line.speech': '在网上说什么，不能扣分',
    'rules.line.benefits': '积分只管积分、物品和荣誉，不能停补贴、分红、待遇和办事',
    'rules.line.religion': '信不信教，不能记分',
    'rules.line.loyalty': '思想和政治表现，不能记分',
    'rules.line.health': '身体和病情，不能记分',
    'rules.line.births': '生不生、生几个，不能记分',
    'rules.line.crime': '违法犯罪由公安和法院处理，不能用积分代替',
    'rules.line.minors': '不给孩子一个一个打分、扣分',
    'rules.line.shaming': '不点名、不上黑榜',
    'rules.line.private_details': '身份证号、病情、困难情况不能上墙',
    'rules.line.cash': '积分只换物品，不换钱，也不抵贷款',
    'rules.line.fines': '积分不能抵罚款，也不能变成罚款',
    'rules.line.trade': '积分不能买卖、转让',
    'rules.line.slogans': '考口号、考政策、认干部，容易搞成形式主义',
    'rules.line.party_duty': '党员的本分不放进超市积分',
    'rules.line.office_duty': '干部履职归组织考核',
    'rules.line.police_court': '归派出所、法院或主管部门管，要有书面依据',
    'refusal.red_line_complaint':
      '“{words}”碰了红线：投诉、上访、打热线是村民的权利，不能扣分。没有记下，请不要定这一条。',
    'refusal.red_line_speech': '“{words}”碰了红线：在网上说什么，不能扣分。没有记下，请不要定这一条。',
    'refusal.red_line_benefits':
      '“{words}”碰了红线：积分只管积分、物品和荣誉，不能停补贴、分红、待遇和办事。没有记下，请去掉这些话。',
    'refusal.red_line_religion': '“{words}”碰了红线：信不信教，不能记分。没有记下，请不要定这一条。',
    'refusal.red_line_loyalty': '“{words}”碰了红线：思想和政治表现，不能记分。没有记下，请不要定这一条。',
    'refusal.red_line_health': '“{words}”碰了红线：身体和病情，不能记分。没有记下，请不要定这一条。',
    'refusal.red_line_births': '“{words}”碰了红线：生不生、生几个，不能记分。没有记下，请不要定这一条。',
    'refusal.red_line_crime': '“{words}”碰了红线：违法犯罪由公安和法院处理。没有记下，请报派出所。',
    'refusal.red_line_minors': '“{words}”碰了红线：不给孩子一个一个打分、扣分。没有记下，请改成全家做的事。',
    'refusal.red_line_shaming': '“{words}”碰了红线：不点名、不上黑榜。没有记下，请改成提醒和上门说。',
    'refusal.red_line_private_details': '“{words}”碰了红线：身份证号、病情、困难情况不能上墙。没有记下，请去掉这些话。',
    'refusal.red_line_cash': '“{words}”碰了红线：积分只换物品，不换钱，也不抵贷款。没有记下，请改成换物品。',
    'refusal.red_line_fines': '“{words}”碰了红线：积分不能抵罚款，也不能变成罚款。没有记下，请去掉这些话。',
    'refusal.red_line_trade': '“{words}”碰了红线：积分不能买卖、转让。没有记下，请不要定这一条。',
    'refusal.decision_missing': '“{words}”这类事要镇里先审。没有记下，请先报镇里，再把审定的单位填在“哪一级审定”里。',
  },
  en: {
    'rules.line.complaint': 'Complaining, petitioning and calling a hotline are rights and cost no points',
    'rules.line.speech': 'What somebody says online costs no points',
    'rules.line.benefits':
      'Points touch points, goods and honours alone, never subsidies, dividends, benefits or approvals',
    'rules.line.religion': 'Religion is not scored',
    'rules.line.loyalty': 'Political loyalty is not scored',
    'rules.line.health': 'Health is not scored',
    'rules.line.births': 'Family planning is not scored',
    'rules.line.crime': 'Crimes belong to police and courts, not to a points rule',
    'rules.line.minors': 'Children are not scored one by one',
    'rules.line.shaming': 'Nobody is shamed by name',
    'rules.line.private_details': 'ID numbers, illness and poverty do not go on a board',
    'rules.line.cash': 'Points buy goods, never cash or credit',
    'rules.line.fines': 'Points pay no fines and are none',
    'rules.line.trade': 'Points are not bought, sold or handed on',
    'rules.line.slogans': 'Recalling slogans, policies or officials is formalism',
    'rules.line.party_duty': 'Party duty stays out of the shop',
    'rules.line.office_duty': 'The duties of office-holders are judged elsewhere',
    'rules.line.police_court': 'A matter for police, courts or an authority needs a written basis',
    'refusal.red_line_complaint':
      '“{words}” crosses a red line: complaining and petitioning are rights. Nothing is recorded; leave this rule out.',
    'refusal.red_line_speech':
      '“{words}” crosses a red line: what is said online costs no points. Nothing is recorded; leave this rule out.',
    'refusal.red_line_benefits':
      '“{words}” crosses a red line: points touch points, goods and honours alone. Nothing is recorded; take these words out.',
    'refusal.red_line_religion':
      '“{words}” crosses a red line: religion is not scored. Nothing is recorded; leave this rule out.',
    'refusal.red_line_loyalty':
      '“{words}” crosses a red line: political loyalty is not scored. Nothing is recorded; leave this rule out.',
    'refusal.red_line_health':
      '“{words}” crosses a red line: health is not scored. Nothing is recorded; leave this rule out.',
    'refusal.red_line_births':
      '“{words}” crosses a red line: family planning is not scored. Nothing is recorded; leave this rule out.',
    'refusal.red_line_crime':
      '“{words}” crosses a red line: crimes belong to police and courts. Nothing is recorded; report it to the police.',
    'refusal.red_line_minors':
      '“{words}” crosses a red line: children are not scored one by one. Nothing is recorded; score what the household does.',
    'refusal.red_line_shaming':
      '“{words}” crosses a red line: nobody is shamed by name. Nothing is recorded; remind them and call on them instead.',
    'refusal.red_line_private_details':
      '“{words}” crosses a red line: private details do not go on a board. Nothing is recorded; take these words out.',
    'refusal.red_line_cash':
      '“{words}” crosses a red line: points buy goods, never cash or credit. Nothing is recorded; give goods instead.',
    'refusal.red_line_fines':
      '“{words}” crosses a red line: points pay no fines. Nothing is recorded; take these words out.',
    'refusal.red_line_trade':
      '“{words}” crosses a red line: points are not traded. Nothing is recorded; leave this rule out.',
    'refusal.decision_missing':
      '“{words}” needs the decision of the township first. Nothing is recorded; report it, then name the office under “Allowed by”.',
  },
});
