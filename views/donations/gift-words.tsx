import type { Gift, ShownGift } from '../../src/donations/index.ts';
import type { Translate } from '../shared/dictionary.ts';
import { usePage } from '../shared/page-context.ts';
import { StatusTag } from '../shared/status-tag.tsx';
import { formatYuan } from '../shared/yuan.tsx';

const TONES = {
  announced: 'plain',
  received: 'warning',
  inspected: 'warning',
  refused: 'bad',
  on_shelf: 'good',
  traced: 'good',
  reported: 'good',
} as const;

export function GiftStateTag({ gift }: { gift: Gift }) {
  const { t } = usePage();
  return <StatusTag tone={isPartlySpent(gift) ? 'warning' : TONES[gift.state]}>{giftStateInWords(gift, t)}</StatusTag>;
}

/** Of money that is spent in part, how much: that it is on the shelf would be said of all of it. */
export function giftStateInWords(gift: Gift, t: Translate): string {
  const state = t(`donations.state.${gift.state}`);
  if (!isPartlySpent(gift)) return state;
  const { spent, accepted } = gift;
  const part = t('donations.partlySpent', { spent: formatYuan(spent), left: formatYuan(accepted - spent) });
  const isTold = gift.state === 'traced' || gift.state === 'reported';
  return isTold ? t('donations.stateAndPart', { state, part }) : part;
}

function isPartlySpent({ kind, spent, accepted }: Gift): boolean {
  return kind === 'money' && spent > 0 && spent < accepted;
}

/** 大米 5kg/袋 ×10、食用盐 ×40, or money. */
export function giftInWords({ gift, goods }: Pick<ShownGift, 'gift' | 'goods'>, t: Translate): string {
  if (gift.kind === 'money') return t('donations.money');
  return goods.map(({ name, quantity }) => `${name} ×${quantity}`).join(t('shared.comma'));
}
