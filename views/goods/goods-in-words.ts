import type { Translate } from '../shared/dictionary.ts';

type Counted = { name: string; unit: string; quantity: number };

const MOST_NAMED = 4;

/** `大米 1 袋、食盐 2 袋`: all of them, in one breath. */
export function goodsInWords(t: Translate, lines: readonly Counted[]): string {
  return lines.map((line) => t('goods.line', line)).join(t('shared.comma'));
}

/** Of many kinds only the first are named: `大米 10 袋、…等 12 种`. */
export function firstGoodsInWords(t: Translate, lines: readonly Counted[]): string {
  if (lines.length <= MOST_NAMED + 1) return goodsInWords(t, lines);
  return t('goods.andMore', { goods: goodsInWords(t, lines.slice(0, MOST_NAMED)), count: lines.length });
}
