import { formatPoints } from '../../src/platform/points.ts';
import { LinkButton } from '../shared/button.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Balance } from '../shared/points.tsx';
import { SpendableNote, type Unspendable } from '../shared/spendable-note.tsx';

export type CounterHousehold = {
  name: string;
  groupName: string;
  cardNumber: string;
  balanceCentipoints: number;
  /** Less than the balance where the village keeps a base on each card. */
  spendableCentipoints?: number;
  unspendable?: Unspendable | undefined;
  /** Waits for the village's word, or hangs on the board: none of the balance. */
  pendingCentipoints?: number;
  /** Why this card cannot be used, and what to do about it. */
  refusal?: string | undefined;
};

type PersonProps = { household?: CounterHousehold | undefined; counterHref: string };

/** Who stands at the counter, with the balance in huge print. */
export function Person({ household, counterHref }: PersonProps) {
  const { t } = usePage();
  if (!household) {
    return <EmptyState title={t('exchange.counter.nobody')}>{t('exchange.counter.nobodyHint')}</EmptyState>;
  }
  const { pendingCentipoints = 0 } = household;
  return (
    <Panel class="person">
      <div class="panel-head">
        <div>
          <h2 class="person-name">{household.name}</h2>
          <p class="soft">
            {household.groupName} · {t('exchange.counter.card', { number: household.cardNumber })}
          </p>
        </div>
        <Balance centipoints={household.balanceCentipoints} />
      </div>
      <SpendableNote {...household} />
      {pendingCentipoints > 0 && (
        <p class="soft">{t('exchange.counter.pending', { points: formatPoints(pendingCentipoints) })}</p>
      )}
      {household.refusal && <Notice kind="refusal">{household.refusal}</Notice>}
      <LinkButton href={counterHref} look="quiet">
        {t('exchange.counter.otherPerson')}
      </LinkButton>
    </Panel>
  );
}
