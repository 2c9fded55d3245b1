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

/** A tag is a word or two; how much of money is spent stands below it. */
export function GiftStateTag({ gift }: { gift: Gift }) {
  const { t } = usePage();
  if (!isPartlySpent(gift)) return <StatusTag tone={TONES[gift.state]}>{t(`donations.state.${gift.state}`)}</StatusTag>;
  return (
    <>
      <StatusTag tone="warning">{stateOfPart(gift, t)}</StatusTag>
      <p class="soft">{partInWords(gift, t)}</p>
    </>
  );
}

/** As the tag and what stands below it. */
export function giftStateInWords(gift: Gift, t: Translate): string {
  if (!isPartlySpent(gift)) return t(`donations.state.${gift.state}`);
  return t('donations.stateAndPart', { state: stateOfPart(gift, t), part: partInWords(gift, t) });
}

/** That it is on the shelf would be said of all of it. */
function stateOfPart({ state }: Gift, t: Translate): string {
  return state === 'traced' || state === 'reported' ? t(`donations.state.${state}`) : t('donations.state.partlySpent');
}

function partInWords({ spent, accepted }: Gift, t: Translate): string {
  return t('donations.partlySpent', { spent: formatYuan(spent), left: formatYuan(accepted - spent) });
}

function isPartlySpent({ kind, spent, accepted }: Gift): boolean {
  return kind === 'money' && spent > 0 && spent < accepted;
}

/** 大米 5kg/袋 ×10、食用盐 ×40, or money. */
export function giftInWords({ gift, goods }: Pick<ShownGift, 'gift' | 'goods'>, t: Translate): string {
  if (gift.kind === 'money') return t('donations.money');
  return goods.map(({ name, quantity }) => `${name} ×${quantity}`).join(t('shared.comma'));
}
