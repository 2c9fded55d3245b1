/**
 * What no points rule may be about (`avoid`), and what needs a named decision of the township first (`review`). Words are data: a
 * new one is a line here and a case in the test. They find what is written openly; a legal reading they do not replace.
 */
interface RedLine {
  code: RedLineCode;
  /** `deduction`: only where points are taken; what helps the same people is no red line. */
  appliesTo: 'any' | 'deduction';
  words: RegExp;
}

const AVOID_CODES = [
  'complaint',
  'speech',
  'benefits',
  'religion',
  'loyalty',
  'health',
  'births',
  'crime',
  'minors',
  'shaming',
  'private_details',
  'cash',
  'fines',
  'trade',
] as const;

const REVIEW_CODES = ['slogans', 'party_duty', 'office_duty', 'police_court'] as const;

export type AvoidCode = (typeof AVOID_CODES)[number];
export type ReviewCode = (typeof REVIEW_CODES)[number];
type RedLineCode = AvoidCode | ReviewCode;

const BENEFITS = '(低保|五保|补贴|补助|分红|救助|救济|待遇|福利|报销|贷款|审批|办证|盖章|开证明)';
const STOPPED = '(停发|停办|停止|停掉|取消|暂停|缓发|扣发|扣减|减发|不予|不给|不发|不批|不办|限制|剥夺)';
const PRIVATE = '(身份证|病情|病历|患病|疾病|银行卡|贫困原因|困难情况|贫困情况)';
const SHOWN = '(公示|公布|公开|上墙|上榜|张榜|贴榜)';

/** In order of precedence; the first that fits is named. */
export const AVOID: readonly (RedLine & { code: AvoidCode })[] = [
  { code: 'complaint', appliesTo: 'deduction', words: /投诉|上访|信访|缠访|闹访|越级|举报|告状|热线|12345/u },
  {
    code: 'speech',
    appliesTo: 'deduction',
    words:
      /不良信息|负面|言论|谣言|发帖|网络.{0,4}(?:发布|传播|发言)|网上.{0,4}(?:发|说)|(?:微信|抖音|快手).{0,4}(?:发|说)/u,
  },
  {
    code: 'benefits',
    appliesTo: 'any',
    words: new RegExp(`${STOPPED}.{0,6}${BENEFITS}|${BENEFITS}.{0,4}${STOPPED}`, 'u'),
  },
  { code: 'religion', appliesTo: 'any', words: /宗教|信教|入教|教会|传教|做礼拜|佛教|道教|伊斯兰|基督|天主教/u },
  { code: 'loyalty', appliesTo: 'any', words: /政治(?:立场|表现|态度|忠诚)|忠诚度|思想汇报|思想觉悟|感党恩|拥护/u },
  {
    code: 'health',
    appliesTo: 'any',
    words: /患病|生病|得病|体检|疫苗|接种|健康(?:状况|码)|残疾(?:等级|证)|血压|体重/u,
  },
  {
    code: 'births',
    appliesTo: 'any',
    words: /计生|生育|[二三]孩|[二三]胎|多孩|多胎|超生|独生|避孕|结扎|上环|引产|孕检/u,
  },
  { code: 'crime', appliesTo: 'any', words: /犯罪|判刑|服刑|坐牢|拘留|吸毒|贩毒|涉毒|邪教|诈骗|抢劫|强奸|涉黑|涉恶/u },
  { code: 'minors', appliesTo: 'deduction', words: /未成年|小学生|中学生|初中生|高中生|学生|儿童|孩子|小孩/u },
  {
    code: 'minors',
    appliesTo: 'any',
    words:
      /(?:学生|孩子|小孩|子女|未成年人?).{0,4}(?:成绩|分数|考试|排名|作业|打分)|(?:成绩|考试|作业).{0,4}(?:学生|孩子)/u,
  },
  { code: 'shaming', appliesTo: 'any', words: /黑榜|黑名单|点名批评|通报|曝光|示众|游街|当众检讨|公开检讨|失信名单/u },
  {
    code: 'private_details',
    appliesTo: 'any',
    words: new RegExp(`${SHOWN}.{0,8}${PRIVATE}|${PRIVATE}.{0,8}${SHOWN}`, 'u'),
  },
  {
    code: 'cash',
    appliesTo: 'any',
    words: /[换兑折抵发奖变提].{0,3}现金|现金[兑奖]|折现|提现|变现|换钱|发钱|授信|信用贷|贷款(?:额度|利率)|赊账|赊欠/u,
  },
  { code: 'fines', appliesTo: 'any', words: /罚款|罚金|罚单|抵罚/u },
  {
    code: 'trade',
    appliesTo: 'any',
    words: /(?:买卖?|卖|转让|出售|收购).{0,4}积分|积分.{0,4}(?:买|卖|转让|出售|收购)/u,
  },
];

export const REVIEW: readonly (RedLine & { code: ReviewCode })[] = [
  {
    code: 'slogans',
    appliesTo: 'any',
    words: /背诵|会背|默写|口号|标语|知政策|识干部|政策问答|应知应会|知晓率|(?:干部|领导)(?:姓名|名字)/u,
  },
  { code: 'party_duty', appliesTo: 'any', words: /党日|党员|党课|党费|组织生活|三会一课|学习强国/u },
  { code: 'office_duty', appliesTo: 'any', words: /村干部|两委成员|网格员|履职|村民代表(?!会|大会)/u },
  {
    code: 'police_court',
    appliesTo: 'any',
    words: /赌|嫖|醉驾|酒驾|赡养|抚养|虐待|遗弃|家暴|家庭暴力|占地|占耕地|迷信|烧香|烧纸|举报/u,
  },
];

export interface RuleText {
  name: string;
  evidence: string;
  /** Negative for a deduction. */
  pointsCentipoints: number;
}

/** The line and the words that touch it. */
export interface Touched<Code> {
  line: Code;
  words: string;
}

/** What is forbidden hides in the evidence as well: a deduction “proved” by a petition is one for the petition. */
export function forbiddenLine({ name, evidence, pointsCentipoints }: RuleText): Touched<AvoidCode> | null {
  return firstTouched(AVOID, [name, evidence], pointsCentipoints);
}

/** By the name alone: a paper of the police or of a court is good evidence. */
export function reviewLine({ name, pointsCentipoints }: RuleText): Touched<ReviewCode> | null {
  return firstTouched(REVIEW, [name], pointsCentipoints);
}

function firstTouched<Line extends RedLine>(
  lines: readonly Line[],
  texts: readonly string[],
  pointsCentipoints: number,
): Touched<Line['code']> | null {
  const plainTexts = texts.map(plain);
  for (const { code, appliesTo, words } of lines) {
    if (appliesTo === 'deduction' && pointsCentipoints > 0) continue;
    for (const text of plainTexts) {
      const found = words.exec(text);
      if (found) return { line: code, words: found[0] };
    }
  }
  return null;
}

/** Spaces and dots between the signs hide nothing: 上 访, 上·访. */
function plain(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s\p{P}\p{S}\p{Cf}]/gu, '');
}
