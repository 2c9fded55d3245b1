import { formatPoints, formatSignedPoints } from '../../src/platform/points.ts';
import { usePage } from './page-context.ts';

/** An amount of points in running text: `9.5 分`. */
export function Points({ centipoints }: { centipoints: number }) {
  const { t } = usePage();
  return <span class="points">{t('shared.pointsOf', { points: formatPoints(centipoints) })}</span>;
}

/** A change of a balance: green with a plus, ink-red with a true minus. The sign speaks where colour does not. */
export function SignedPoints({ centipoints }: { centipoints: number }) {
  const kind = centipoints < 0 ? 'points-take' : centipoints > 0 ? 'points-add' : 'points-zero';
  return <span class={`points ${kind}`}>{formatSignedPoints(centipoints)}</span>;
}

/** The number that the page is about, at least 48 px: what can be used; below nothing it says in words what is owed. */
export function Balance({ centipoints, label }: { centipoints: number; label?: string | undefined }) {
  const { t } = usePage();
  const points = formatPoints(Math.max(centipoints, 0));
  const [before, after] = t('shared.pointsOf', { points }).split(points);
  return (
    <p class="balance">
      <span class="balance-label">{label ?? t('shared.balance')}</span>
      <span class="balance-figure">
        {before}
        <strong class="balance-number">{points}</strong>
        {after}
      </span>
      {centipoints < 0 && (
        <strong class="balance-owed">{t('shared.owed', { points: formatPoints(-centipoints) })}</strong>
      )}
    </p>
  );
}
