import { formatPoints } from '../../src/platform/points.ts';
import { usePage } from './page-context.ts';

type SpendableNoteProps = { balanceCentipoints: number; spendableCentipoints?: number | undefined };

/** Behind a balance of which not all can be exchanged: how much can, and why the rest stays. Nothing where all of it can. */
export function SpendableNote({ balanceCentipoints, spendableCentipoints = balanceCentipoints }: SpendableNoteProps) {
  const { t } = usePage();
  if (spendableCentipoints >= balanceCentipoints) return null;
  return (
    <p>
      <strong>{t('settings.spendable', { points: formatPoints(spendableCentipoints) })}</strong>{' '}
      <span class="soft">{t('settings.baseNote')}</span>
    </p>
  );
}
