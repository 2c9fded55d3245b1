import { formatPoints } from '../../src/platform/points.ts';
import { usePage } from './page-context.ts';

type SpendableNoteProps = {
  balanceCentipoints: number;
  spendableCentipoints?: number | undefined;
  unspendable?: Unspendable | undefined;
};

/** Why the rest stays. */
export type Unspendable = { baseCentipoints: number; lockedCentipoints: number; earnCentipoints: number };

/** Behind a balance of which not all can be exchanged: how much can, and why the rest stays. Nothing where all of it can. */
export function SpendableNote({
  balanceCentipoints,
  spendableCentipoints = balanceCentipoints,
  unspendable,
}: SpendableNoteProps) {
  const { t } = usePage();
  if (spendableCentipoints >= balanceCentipoints) return null;
  return (
    <p>
      <strong>{t('settings.spendable', { points: formatPoints(spendableCentipoints) })}</strong>{' '}
      {(unspendable?.baseCentipoints ?? 0) > 0 && <span class="soft">{t('settings.baseNote')}</span>}{' '}
      {unspendable && unspendable.lockedCentipoints > 0 && (
        <span class="soft">
          {t('settings.giftNote', {
            points: formatPoints(unspendable.lockedCentipoints),
            earn: formatPoints(unspendable.earnCentipoints),
          })}
        </span>
      )}
    </p>
  );
}
