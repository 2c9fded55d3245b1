import type { Translate } from '../shared/dictionary.ts';

/** `大米 1 袋、食盐 2 袋`: what was exchanged, in one breath. */
export function goodsInWords(t: Translate, lines: readonly { name: string; unit: string; quantity: number }[]): string {
  return lines.map((line) => t('exchange.goodsLine', line)).join(t('exchange.goodsComma'));
}
