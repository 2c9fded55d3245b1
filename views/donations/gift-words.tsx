import type { GiftState, ShownGift } from '../../src/donations/index.ts';
import type { Translate } from '../shared/dictionary.ts';
import { usePage } from '../shared/page-context.ts';
import { StatusTag } from '../shared/status-tag.tsx';

const TONES = {
  announced: 'plain',
  received: 'warning',
  inspected: 'warning',
  refused: 'bad',
  on_shelf: 'good',
  traced: 'good',
  reported: 'good',
} as const;

export function GiftStateTag({ state }: { state: GiftState }) {
  const { t } = usePage();
  return <StatusTag tone={TONES[state]}>{t(`donations.state.${state}`)}</StatusTag>;
}

/** 大米 5kg/袋 ×10、食用盐 ×40, or money. */
export function giftInWords({ gift, goods }: Pick<ShownGift, 'gift' | 'goods'>, t: Translate): string {
  if (gift.kind === 'money') return t('donations.money');
  return goods.map(({ name, quantity }) => `${name} ×${quantity}`).join(t('shared.comma'));
}
