import type { ComponentChildren } from 'preact';
import { formatPoints } from '../../src/platform/points.ts';
import { ActionBar } from '../shared/action-bar.tsx';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Facts } from '../shared/facts.tsx';
import { GoodsGrid, type GoodsOnShelf, GoodsTile } from '../shared/goods-tile.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Balance, Points } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { QuantityStepper } from '../shared/quantity-stepper.tsx';
import { TextField } from '../shared/text-field.tsx';

export type CounterHousehold = {
  name: string;
  groupName: string;
  cardNumber: string;
  balanceCentipoints: number;
};

export type BasketLine = { goods: GoodsOnShelf; quantity: number; lineCentipoints: number };

export type CounterPageProps = {
  /** This page; the basket lives in its query, so refresh and Back keep it. */
  counterHref: string;
  /** Where the confirmed basket is posted. */
  redemptionsHref: string;
  idempotencyKey: string;
  household?: CounterHousehold | undefined;
  basket: readonly BasketLine[];
  totalCentipoints: number;
  /** Present when the balance is too small. */
  short?:
    | { gapCentipoints: number; drop?: { name: string; unit: string } | undefined }
    | undefined;
  /** Most exchanged first, what has run out last. */
  shelf: readonly { goods: GoodsOnShelf; remark?: string | undefined }[];
  /** Several households or goods match what was typed. */
  candidates?: ComponentChildren;
  notice?: ComponentChildren;
};

const FORM_ID = 'basket-form';

/** 兑换台: who, what, and one button that says the amount and what is left. */
export function CounterPage(props: CounterPageProps) {
  const { t } = usePage();
  return (
    <Layout title={t('exchange.counter.title')} width="wide" notice={props.notice}>
      <Counter {...props} />
    </Layout>
  );
}

/** The region that htmx swaps: everything that a scan or a press may change. */
export function Counter(props: CounterPageProps) {
  const { t } = usePage();
  const { counterHref, household, shelf, basket, candidates } = props;
  const picked = new Map(basket.map((line) => [line.goods.code, line.quantity]));
  return (
    <div class="counter" id="counter">
      <form
        class="counter-form"
        id={FORM_ID}
        method="get"
        action={counterHref}
        hx-get={counterHref}
        hx-target="#counter"
        hx-select="#counter"
        hx-swap="outerHTML"
        hx-push-url="true"
        hx-sync="this:replace"
      >
        {household && <input type="hidden" name="card" value={household.cardNumber} />}
        <div class="counter-code">
          <label class="field-label" for="counter-code">
            {t('exchange.counter.code')}
          </label>
          <div class="search-row">
            <input
              class="input counter-input"
              id="counter-code"
              name="code"
              autocomplete="off"
              spellcheck={false}
              enterkeyhint="search"
              autofocus
              aria-describedby="counter-code-hint"
            />
            <SubmitButton look="secondary" icon="search">
              {t('exchange.counter.enter')}
            </SubmitButton>
          </div>
          <p class="field-hint" id="counter-code-hint">
            {t('exchange.counter.codeHint')}
          </p>
        </div>
        {candidates}
        <div class="counter-side">
          <Person household={household} counterHref={counterHref} />
          <Basket {...props} />
        </div>
        <section class="counter-shelf" aria-labelledby="shelf-title">
          <h2 id="shelf-title">{t('exchange.counter.shelf')}</h2>
          <GoodsGrid>
            {shelf.map(({ goods, remark }) => (
              <GoodsTile
                key={goods.code}
                goods={goods}
                remark={remark}
                picked={picked.get(goods.code)}
                button={{ name: 'step', value: `+${goods.code}` }}
              />
            ))}
          </GoodsGrid>
        </section>
      </form>
      <Confirmation {...props} />
    </div>
  );
}

function Person({ household, counterHref }: Pick<CounterPageProps, 'household' | 'counterHref'>) {
  const { t } = usePage();
  if (!household) {
    return (
      <EmptyState title={t('exchange.counter.nobody')}>{t('exchange.counter.nobodyHint')}</EmptyState>
    );
  }
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
      <LinkButton href={counterHref} look="quiet">
        {t('exchange.counter.otherPerson')}
      </LinkButton>
    </Panel>
  );
}

function Basket({ basket, household, totalCentipoints }: CounterPageProps) {
  const { t } = usePage();
  const count = basket.reduce((sum, line) => sum + line.quantity, 0);
  return (
    <Panel
      title={t('exchange.counter.basket')}
      aside={<span role="status">{t('exchange.counter.picked', { count })}</span>}
    >
      {basket.length === 0 ? (
        <EmptyState title={t('exchange.counter.basketEmpty')}>{t('exchange.counter.basketEmptyHint')}</EmptyState>
      ) : (
        <ul class="basket">
          {basket.map(({ goods, quantity, lineCentipoints }) => (
            <li key={goods.code} class="basket-line">
              <span class="basket-words">
                <span class="basket-name">
                  {goods.name} <span class="soft small">{goods.spec}</span>
                </span>
                <span class="soft small">
                  {t('exchange.counter.lineEach', { unit: goods.unit, points: formatPoints(goods.priceCentipoints) })}
                </span>
              </span>
              <QuantityStepper
                label={`${goods.name} ${goods.spec}`}
                name={`quantity.${goods.code}`}
                value={quantity}
                max={goods.quantityOnHand}
                stepName="step"
                stepCode={goods.code}
              />
              <span class="basket-points">
                <Points centipoints={lineCentipoints} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {basket.length > 0 && (
        <Facts
          class="basket-total"
          facts={[
            { label: t('exchange.counter.total'), value: <Points centipoints={totalCentipoints} /> },
            ...(household && household.balanceCentipoints >= totalCentipoints
              ? [
                  {
                    label: t('exchange.counter.after'),
                    value: <Points centipoints={household.balanceCentipoints - totalCentipoints} />,
                  },
                ]
              : []),
          ]}
        />
      )}
    </Panel>
  );
}

function Confirmation(props: CounterPageProps) {
  const { t } = usePage();
  const { household, basket, totalCentipoints, short, redemptionsHref, idempotencyKey } = props;
  if (!household || basket.length === 0) return null;
  const left = household.balanceCentipoints - totalCentipoints;
  if (short) {
    const gap = formatPoints(short.gapCentipoints);
    return (
      <div class="action-bar">
        <Notice kind="refusal" title={t('exchange.counter.short', { points: gap })}>
          {t('exchange.counter.shortText', {
            balance: formatPoints(household.balanceCentipoints),
            total: formatPoints(totalCentipoints),
            points: gap,
          })}{' '}
          {short.drop && t('exchange.counter.shortDrop', short.drop)}
        </Notice>
      </div>
    );
  }
  const hidden = Object.fromEntries(basket.map((line) => [`quantity.${line.goods.code}`, line.quantity]));
  return (
    <PostForm
      action={redemptionsHref}
      idempotencyKey={idempotencyKey}
      hidden={{ card: household.cardNumber, ...hidden }}
      class="confirmation"
    >
      <details class="more">
        <summary>{t('exchange.counter.proxy')}</summary>
        <div class="more-body">
          <TextField name="proxyName" label={t('exchange.counter.proxyName')} optional />
          <TextField name="proxyRelation" label={t('exchange.counter.proxyRelation')} optional />
        </div>
      </details>
      <ActionBar
        summary={t('exchange.counter.summary', {
          name: household.name,
          spent: formatPoints(totalCentipoints),
          left: formatPoints(left),
        })}
      >
        <SubmitButton icon="check">
          {t('exchange.counter.confirm', { points: formatPoints(totalCentipoints) })}
        </SubmitButton>
      </ActionBar>
    </PostForm>
  );
}
