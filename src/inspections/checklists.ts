/**
 * 五净一规范 as data: which items are looked at differs by county. Each item is marked 0, 1 or 2; the first five are the same
 * everywhere. An inspection names its list, so what was marked stays readable when a village takes another one.
 */
const FIVE_CLEAN = ['院内净', '卧室净', '厨房净', '厕所净', '个人卫生净'] as const;

const CHECKLISTS = {
  /** 宜川. */
  'wujing-items': [...FIVE_CLEAN, '物品摆放规范'],
  /** 兰考. */
  'wujing-yard': [...FIVE_CLEAN, '院内摆放规范'],
} as const satisfies Record<string, readonly string[]>;

export function itemsOf(checklist: string): readonly string[] {
  return checklist in CHECKLISTS ? CHECKLISTS[checklist as keyof typeof CHECKLISTS] : [];
}
