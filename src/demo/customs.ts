/** What a village does in a month, and how often: a village of 154 households does more of it than one of thirty. */
export interface Custom {
  rule: string;
  /** Times a month in a large and in a small village; a fraction is a chance. */
  times: readonly [large: number, small: number];
  /** A share of the households that could come, or how many there are of it. */
  who: { share: number } | { fewest: number; most: number };
  /** The days of the month on which it may happen. */
  days?: readonly [first: number, last: number];
  /** `03` to `12`; otherwise in every month. */
  months?: readonly string[];
  /** How many months ago, where it happens once in the history. */
  monthsAgo?: number;
  notes: readonly string[];
}

export const CUSTOMS: readonly Custom[] = [
  {
    rule: 'AD-COL-01',
    times: [1, 0.3],
    who: { share: 0.6 },
    days: [4, 9],
    notes: ['村民大会', '村民大会：商量修路投工', '村民代表会', '村民大会：通报超市账目'],
  },
  {
    rule: 'AD-LAB-01',
    times: [2, 0.3],
    who: { share: 0.3 },
    notes: ['清理南坡生产路', '疏通灌溉水渠', '清理排水沟', '平整村口空地', '粉刷文化广场围墙'],
  },
  {
    rule: 'AD-LAB-02',
    times: [1, 0.08],
    who: { share: 0.15 },
    notes: ['修补通组路', '加固河堤护坡', '修整晒谷场'],
  },
  { rule: 'AD-LAB-03', times: [1, 0.06], who: { fewest: 1, most: 3 }, notes: ['自带三轮车运砂石', '自带装载机清路'] },
  { rule: 'AD-LAB-04', times: [0.6, 0.06], who: { fewest: 1, most: 2 }, notes: ['修好村口水龙头', '更换路灯灯泡'] },
  { rule: 'AD-LAB-05', times: [2, 0.07], who: { fewest: 2, most: 4 }, notes: ['防汛值守', '护林防火值班', '卡口值班'] },
  {
    rule: 'AD-PUB-01',
    times: [1, 0.08],
    who: { share: 0.12 },
    notes: ['打扫幸福院', '帮助超市盘点整理货架', '给老人理发'],
  },
  { rule: 'AD-FAM-04', times: [2, 0.08], who: { fewest: 1, most: 2 }, notes: ['给独居老人挑水送菜', '陪老人去卫生院'] },
  {
    rule: 'AD-FAM-05',
    times: [2, 0.07],
    who: { fewest: 1, most: 2 },
    notes: ['帮邻居收玉米', '帮邻居修屋顶', '借车拉货'],
  },
  {
    rule: 'AD-IND-03',
    times: [1, 0.07],
    who: { share: 0.2 },
    notes: ['果树修剪培训', '中药材种植培训', '花椒管护培训', '养蜂培训'],
  },
  { rule: 'AD-ENV-06', times: [1, 0.06], who: { fewest: 3, most: 7 }, notes: ['交回废旧农膜', '交回农药包装'] },
  { rule: 'AD-COL-03', times: [0.4, 0.04], who: { fewest: 4, most: 8 }, notes: ['秧歌队演出', '村里文艺演出'] },
  { rule: 'AD-COL-02', times: [0.5, 0.04], who: { fewest: 1, most: 1 }, notes: ['建议垃圾桶移到路口', '建议错峰浇地'] },
  { rule: 'AD-LAW-02', times: [0.4, 0.04], who: { fewest: 1, most: 1 }, notes: ['劝和地界纠纷'] },
  { rule: 'AD-IND-01', times: [0.4, 0.03], who: { fewest: 1, most: 2 }, notes: ['改造老果园'] },
  { rule: 'AD-CUS-01', times: [0.5, 0.03], who: { fewest: 1, most: 1 }, notes: ['婚事简办'] },
  { rule: 'AD-PUB-02', times: [0.4, 0.02], who: { fewest: 1, most: 1 }, notes: ['无偿献血'] },
  { rule: 'AD-PUB-03', times: [0.4, 0.02], who: { fewest: 1, most: 1 }, notes: ['拾到钱包归还失主'] },
  { rule: 'AD-ENV-07', times: [1, 0.4], who: { share: 0.3 }, months: ['03', '04', '11'], notes: ['后山植树'] },
  { rule: 'AD-EDU-01', times: [1.5, 0.12], who: { fewest: 1, most: 2 }, months: ['08'], notes: ['录取通知书已核对'] },
  {
    rule: 'AD-MIL-01',
    times: [0.6, 0.06],
    who: { fewest: 1, most: 1 },
    months: ['03', '09'],
    notes: ['入伍通知书已核对'],
  },
  { rule: 'AD-IND-04', times: [1, 0.12], who: { share: 0.15 }, monthsAgo: 2, notes: ['用工证明已核对'] },
  { rule: 'AD-FAM-01', times: [1, 0.25], who: { fewest: 2, most: 4 }, monthsAgo: 2, notes: ['村民代表会评出'] },
  { rule: 'AD-FAM-02', times: [1, 0.25], who: { fewest: 2, most: 4 }, monthsAgo: 1, notes: ['村民代表会评出'] },
  { rule: 'AD-ENV-05', times: [1, 0.12], who: { fewest: 2, most: 4 }, monthsAgo: 1, notes: ['庭院评比'] },
  { rule: 'AD-ENV-08', times: [1.4, 0.12], who: { fewest: 1, most: 1 }, notes: ['提醒两次后仍在路边堆柴'] },
  {
    rule: 'AD-ENV-09',
    times: [0.8, 0.07],
    who: { fewest: 1, most: 1 },
    months: ['03', '09', '10', '11'],
    notes: ['地头焚烧秸秆'],
  },
  { rule: 'AD-CUS-03', times: [0.3, 0.03], who: { fewest: 1, most: 1 }, notes: ['宴席超过村规标准'] },
];

export const CLEANING = 'AD-ENV-04';
export const CLEANING_NOTES = ['集中清扫主街道', '清扫房前屋后', '清理河道垃圾', '清扫文化广场'] as const;

/** The marks of the monthly 五净一规范 visit, best first. */
export const INSPECTION_MARKS = [
  ['AD-ENV-01', 0.85],
  ['AD-ENV-02', 0.55],
  ['AD-ENV-03', 0.3],
] as const;
