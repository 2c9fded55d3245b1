import { Fragment } from 'preact';
import type { CounterQueue } from '../../src/exchange/index.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { goodsInWords } from '../goods/goods-in-words.ts';
import { ActionBar } from '../shared/action-bar.tsx';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { PostForm } from '../shared/post-form.tsx';
import { Basket, type BasketLine } from './basket-panel.tsx';
import { Candidates, type CounterCandidates } from './counter-candidates.tsx';
import { KeyHelp, LeftBasket, leftBasketName, ParkedBaskets } from './counter-keys.tsx';
import { type CounterHousehold, Person } from './counter-person.tsx';
import { type CounterPhoto, type CounterPresence, WhoIsThere } from './counter-presence.tsx';
import { CounterShelf, type ShelfZone } from './counter-shelf.tsx';
import { QueuePanel } from './queue-panel.tsx';

export type CounterPageProps = {
  /** This page; the basket lives in its query, so refresh and Back keep it. */
  counterHref: string;
  /** Where the confirmed basket is posted. */
  redemptionsHref: string;
  /** Under which the browser keeps the baskets that this person puts aside here. */
  parkName: string;
  idempotencyKey: string;
  household?: CounterHousehold | undefined;
  /** The household asked for digits. */
  pin?: { isLocked: boolean } | undefined;
  /** Who is there besides, as it was typed before a refusal. */
  presence?: CounterPresence | undefined;
  /** What of a photo came with the last answer. */
  photo?: CounterPhoto | undefined;
  basket: readonly BasketLine[];
  totalCentipoints: number;
  missingCentipoints: number;
  /** What could be left out so that the points are enough: one way after the other. */
  omissions: readonly (readonly { name: string; unit: string; quantity: number }[])[];
  /** Nothing stands against the basket: the button is there. */
  isReady: boolean;
  zones: readonly ShelfZone[];
  candidates?: CounterCandidates | undefined;
  /** What was scanned or typed and cannot be taken, in words. */
  unknown?: string | undefined;
  /** Why the confirmed basket was refused; it takes the focus. */
  refusal?: string | undefined;
};

const NO_PHOTO: CounterPhoto = { keptIds: [], hasConsent: false, isOpen: false };

/** 兑换台: who, what, and one button that says the amount and what is left. */
export function CounterPage({ queue, ...props }: CounterPageProps & { queue: CounterQueue }) {
  const { t } = usePage();
  const villageHref = props.counterHref.replace(/\/counter$/, '');
  return (
    <Layout
      isLive
      title={t('exchange.counter.title')}
      width="wide"
      actions={
        <>
          {queue.isOn && !queue.isOpened && (
            <LinkButton href={`${villageHref}/queue`}>{t('exchange.queue.title')}</LinkButton>
          )}
          <LinkButton href={`${villageHref}/paper-slips/new`}>{t('exchange.paper.title')}</LinkButton>
        </>
      }
    >
      <div data-when-offline hidden>
        <Notice kind="warning">{t('shared.offline.exchange')}</Notice>
      </div>
      <QueuePanel queue={queue} from="counter" />
      <LeftBasket name={leftBasketName(props.parkName)} />
      <Camera />
      <Counter {...props} />
    </Layout>
  );
}

/**
 * Outside of what is swapped, so that it goes on looking. Shown where there is a camera to be asked for; its script comes at the first
 * press.
 */
function Camera() {
  const { t, assets } = usePage();
  return (
    <>
      <button
        class="button button-secondary"
        type="button"
        data-camera={assets.camera}
        data-camera-reader={assets.cameraReader}
        data-refused={t('exchange.camera.refused')}
        aria-pressed="false"
        hidden
      >
        {t('exchange.camera.start')}
      </button>
      <div id="camera" hidden />
    </>
  );
}

/** The region that htmx swaps: everything that a scan or a press may change. */
export function Counter(props: CounterPageProps) {
  const { t } = usePage();
  const { counterHref, household, candidates, unknown, refusal } = props;
  // Digits are asked for in sight; who fetches is rarely asked.
  const whoIsThere = isConfirmable(props) && (
    <WhoIsThere pin={props.pin} presence={props.presence} photo={props.photo ?? NO_PHOTO} form="confirmation" />
  );
  return (
    <div class="counter" id="counter">
      {refusal && (
        <Notice kind="refusal" focused>
          {refusal}
        </Notice>
      )}
      <form
        class="counter-form"
        method="get"
        action={counterHref}
        noValidate
        hx-get={counterHref}
        hx-target="#counter"
        hx-swap="outerHTML"
        hx-push-url="true"
        hx-sync="this:replace"
        hx-trigger={props.basket.length > 0 ? 'submit, change from:"find .basket"' : 'submit'}
        hx-disable="#confirmation button"
      >
        {household && <input type="hidden" name="card" value={household.cardNumber} />}
        <CodeField focused={!refusal} displayHref={`${counterHref}/display`} />
        {(unknown ?? candidates) && (
          <div class="counter-answer">
            {unknown && <Notice kind="refusal">{unknown}</Notice>}
            {candidates && <Candidates {...candidates} />}
          </div>
        )}
        <div class="counter-side">
          <Person household={household} counterHref={counterHref} />
          {props.pin && whoIsThere}
          <Basket {...props} balanceCentipoints={household?.balanceCentipoints} />
          {!props.pin && whoIsThere}
          {isConfirmable(props) && (
            <SubmitButton look="secondary" form="keep-goods">
              {t('exchange.keys.keep', { points: formatPoints(props.totalCentipoints) })}
            </SubmitButton>
          )}
          <ParkedBaskets {...props} />
        </div>
        <CounterShelf zones={props.zones} basket={props.basket} />
      </form>
      <Confirmation {...props} />
      <KeepForm {...props} />
    </div>
  );
}

function CodeField({ focused, displayHref }: { focused: boolean; displayHref: string }) {
  const { t } = usePage();
  return (
    <div class="counter-code">
      <label class="field-label" for="counter-code">
        {t('exchange.counter.code')}
      </label>
      <div class="search-row">
        <input
          class="input counter-input"
          id="counter-code"
          name="code"
          data-scan
          autocomplete="off"
          spellcheck={false}
          enterkeyhint="search"
          autofocus={focused}
          aria-describedby="counter-code-hint"
        />
        <SubmitButton look="secondary" icon="search">
          {t('exchange.counter.enter')}
        </SubmitButton>
      </div>
      <p class="field-hint" id="counter-code-hint">
        {t('exchange.counter.codeHint')}
      </p>
      <KeyHelp displayHref={displayHref} />
    </div>
  );
}

/** There is a button to press, and so a form that asks who is there. */
function isConfirmable({ household, basket, missingCentipoints, isReady }: CounterPageProps): boolean {
  return household !== undefined && !household.refusal && basket.length > 0 && missingCentipoints === 0 && isReady;
}

function Confirmation(props: CounterPageProps) {
  const { t } = usePage();
  const { household, basket, totalCentipoints, missingCentipoints } = props;
  if (!household || household.refusal || basket.length === 0) return null;
  if (missingCentipoints > 0) return <Shortage {...props} household={household} />;
  if (!props.isReady) {
    return (
      <div class="action-bar">
        <Notice kind="warning">{t('exchange.counter.fixFirst')}</Notice>
      </div>
    );
  }
  const spent = formatPoints(totalCentipoints);
  const left = formatPoints(household.balanceCentipoints - totalCentipoints);
  const goods = goodsInWords(
    t,
    basket.map((line) => ({ ...line.goods, quantity: line.quantity ?? 0 })),
  );
  return (
    <PostForm
      action={props.redemptionsHref}
      idempotencyKey={props.idempotencyKey}
      hidden={{
        card: household.cardNumber,
        quotedCentipoints: totalCentipoints,
        ...Object.fromEntries(basket.map((line) => [`quantity.${line.goods.code}`, line.quantity ?? 0])),
      }}
      enctype="multipart/form-data"
      class="confirmation"
      id="confirmation"
      keep="always"
    >
      <ActionBar summary={t('exchange.counter.summary', { name: household.name, goods })}>
        <SubmitButton icon="check" shortcut="F9">
          {t('exchange.counter.confirm', { spent, left })}
        </SubmitButton>
      </ActionBar>
    </PostForm>
  );
}

/** 预留: the same basket, kept for the household until it comes for it. Its button stands beside the basket. */
function KeepForm(props: CounterPageProps) {
  const { household, basket } = props;
  if (!household || !isConfirmable(props)) return null;
  return (
    <PostForm
      action={props.counterHref.replace(/counter$/, 'reservations')}
      idempotencyKey={`keep-${props.idempotencyKey}`}
      hidden={{ card: household.cardNumber }}
      id="keep-goods"
    >
      {basket.map((line) => (
        <Fragment key={line.goods.code}>
          <input type="hidden" name="goods" value={line.goods.code} />
          <input type="hidden" name="count" value={line.quantity ?? 0} />
        </Fragment>
      ))}
    </PostForm>
  );
}

/** The button becomes the exact gap, and what could stay on the shelf. */
function Shortage({
  household,
  totalCentipoints,
  missingCentipoints,
  omissions,
}: CounterPageProps & { household: CounterHousehold }) {
  const { t } = usePage();
  const points = formatPoints(missingCentipoints);
  const balance = formatPoints(household.spendableCentipoints ?? household.balanceCentipoints);
  const ways = omissions.map((way) => goodsInWords(t, way)).join(t('exchange.counter.or'));
  return (
    <div class="action-bar">
      <Notice kind="refusal" title={t('exchange.counter.short', { points })}>
        {t('exchange.counter.shortText', { balance, total: formatPoints(totalCentipoints), points })}{' '}
        {ways && t('exchange.counter.shortDrop', { ways })}
      </Notice>
    </div>
  );
}
