import { formatPoints } from '../../src/platform/points.ts';
import type { GoodsOnShelf } from '../shared/goods-tile.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points } from '../shared/points.tsx';
import type { CounterHousehold } from './counter-person.tsx';

export type CounterCandidates = {
  words: string;
  /** How many of the goods would be added. */
  count: number;
  households: readonly CounterHousehold[];
  goods: readonly GoodsOnShelf[];
  hasMore: boolean;
};

/** Namesakes and like-sounding goods, each a button; the group tells two households of one name apart. */
export function Candidates({ words, count, households, goods, hasMore }: CounterCandidates) {
  const { t } = usePage();
  return (
    <Panel title={t('exchange.counter.candidates', { words })} class="candidates">
      <ul class="candidate-list">
        {households.map((household) => (
          <li key={household.cardNumber}>
            <button class="candidate" type="submit" name="pick" value={household.cardNumber} formNoValidate>
              <span class="candidate-words">
                <strong>{household.name}</strong>
                <span class="soft small">
                  {household.groupName} · {t('exchange.counter.card', { number: household.cardNumber })}
                </span>
              </span>
              <Points centipoints={household.balanceCentipoints} />
            </button>
          </li>
        ))}
        {goods.map((item) => (
          <li key={item.code}>
            <button
              class="candidate"
              type="submit"
              name="pick"
              value={`${count}*${item.code}`}
              disabled={item.quantityOnHand <= 0}
              formNoValidate
            >
              <span class="candidate-words">
                <strong>{item.name}</strong>
                <span class="soft small">
                  {item.spec} ·{' '}
                  {item.quantityOnHand > 0
                    ? t('exchange.counter.addSome', { count, unit: item.unit })
                    : t('shared.outOfStock')}
                </span>
              </span>
              <span class="points">
                {t('exchange.counter.lineEach', { unit: item.unit, points: formatPoints(item.priceCentipoints) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {hasMore && <p class="soft">{t('exchange.counter.candidatesMore')}</p>}
    </Panel>
  );
}
