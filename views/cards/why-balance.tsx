import type { StatementPart } from '../../src/cards/card-statement.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { usePage } from '../shared/page-context.ts';
import { Points, SignedPoints } from '../shared/points.tsx';

/** A balance as a sum of a few words: what the opening gave, what was earned, spent and corrected. */
export function WhyBalance({ parts }: { parts: readonly StatementPart[] }) {
  const { t } = usePage();
  const words = (kind: StatementPart['kind'], count: number) =>
    kind === 'opened' || kind === 'held' ? t(`cards.why.${kind}`) : t(`cards.why.${kind}`, { count });
  const sum = parts.reduce((total, { centipoints }) => total + centipoints, 0);
  return (
    <>
      <dl class="why">
        {parts.map(({ kind, count, centipoints }) => (
          <div key={kind} class="why-part">
            <dt>{words(kind, count)}</dt>
            <dd>
              <SignedPoints centipoints={centipoints} />
            </dd>
          </div>
        ))}
        <div class="why-part why-total">
          <dt>{t('cards.why.total')}</dt>
          <dd>
            <Points centipoints={sum} />
          </dd>
        </div>
      </dl>
      {sum < 0 && <p>{t('shared.owed', { points: formatPoints(-sum) })}</p>}
    </>
  );
}
