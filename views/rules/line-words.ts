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
    'refusal.decision_missing': '“{words}”这类事要乡镇先审。没有记下，请先报乡镇，再把审定的单位填在“审定单位”里。',
  },
  en: {
    'rules.line.complaint': 'Complaints, petitions and hotline calls are villagers’ rights and must not cost points',
    'rules.line.speech': 'What people say online must not cost points',
    'rules.line.benefits':
      'Points concern only points, goods and honours; they must not stop subsidies, dividends, benefits or services',
    'rules.line.religion': 'Religion must not be scored',
    'rules.line.loyalty': 'Political views and conduct must not be scored',
    'rules.line.health': 'Health and illness must not be scored',
    'rules.line.births': 'Having children or not must not be scored',
    'rules.line.crime': 'Crimes are for the police and courts, not for points',
    'rules.line.minors': 'Children must not be scored one by one',
    'rules.line.shaming': 'No naming and shaming, no black lists',
    'rules.line.private_details': 'ID numbers, illness and hardship must not be put on the board',
    'rules.line.cash': 'Points are exchanged for goods only, not for cash or loans',
    'rules.line.fines': 'Points cannot pay fines and cannot become fines',
    'rules.line.trade': 'Points cannot be bought, sold or transferred',
    'rules.line.slogans': 'Testing people on slogans, policies or officials’ names easily becomes formalism',
    'rules.line.party_duty': 'Party members’ duties do not belong in shop points',
    'rules.line.office_duty': 'Officials’ duties are assessed by their organisation',
    'rules.line.police_court': 'A matter for the police, courts or authorities; it needs a written basis',
    'refusal.red_line_complaint':
      '“{words}” crosses a red line: complaints, petitions and hotline calls are villagers’ rights and must not cost points. Not recorded; please do not make this rule.',
    'refusal.red_line_speech':
      '“{words}” crosses a red line: what people say online must not cost points. Not recorded; please do not make this rule.',
    'refusal.red_line_benefits':
      '“{words}” crosses a red line: points concern only points, goods and honours; they must not stop subsidies, dividends, benefits or services. Not recorded; please remove these words.',
    'refusal.red_line_religion':
      '“{words}” crosses a red line: religion must not be scored. Not recorded; please do not make this rule.',
    'refusal.red_line_loyalty':
      '“{words}” crosses a red line: political views and conduct must not be scored. Not recorded; please do not make this rule.',
    'refusal.red_line_health':
      '“{words}” crosses a red line: health and illness must not be scored. Not recorded; please do not make this rule.',
    'refusal.red_line_births':
      '“{words}” crosses a red line: having children or not must not be scored. Not recorded; please do not make this rule.',
    'refusal.red_line_crime':
      '“{words}” crosses a red line: crimes are for the police and courts. Not recorded; please report it to the police.',
    'refusal.red_line_minors':
      '“{words}” crosses a red line: children must not be scored one by one. Not recorded; please make it something the whole household does.',
    'refusal.red_line_shaming':
      '“{words}” crosses a red line: no naming and shaming, no black lists. Not recorded; please use a reminder and a visit instead.',
    'refusal.red_line_private_details':
      '“{words}” crosses a red line: ID numbers, illness and hardship must not be put on the board. Not recorded; please remove these words.',
    'refusal.red_line_cash':
      '“{words}” crosses a red line: points are exchanged for goods only, not for cash or loans. Not recorded; please make it goods.',
    'refusal.red_line_fines':
      '“{words}” crosses a red line: points cannot pay fines and cannot become fines. Not recorded; please remove these words.',
    'refusal.red_line_trade':
      '“{words}” crosses a red line: points cannot be bought, sold or transferred. Not recorded; please do not make this rule.',
    'refusal.decision_missing':
      '“{words}” needs the township’s approval first. Not recorded; please report it to the township, then enter the office under “Approved by office”.',
  },
});
