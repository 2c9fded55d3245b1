import { Shortcut } from '../shared/button.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';

type ParkedProps = { counterHref: string; basket: readonly { quantity: number | null }[]; parkName: string };

/** One person has forgotten something, and the queue goes on: only with a script, whose browser keeps the baskets. */
export function ParkedBaskets({ counterHref, basket, parkName }: ParkedProps) {
  const { t } = usePage();
  const pieces = basket.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
  return (
    <>
      {pieces > 0 && (
        <button
          class="button button-secondary"
          type="button"
          data-park={parkName}
          data-park-pieces={pieces}
          data-park-next={counterHref}
          data-key="F8"
          aria-keyshortcuts="F8"
          hidden
        >
          <span>{t('exchange.keys.park')}</span>
          <Shortcut name="F8" />
        </button>
      )}
      <div
        data-parked={parkName}
        data-parked-words={t('exchange.keys.parked', { time: '{time}', count: '{count}' })}
        hidden
      >
        <Panel title={t('exchange.keys.parkedTitle')}>
          <ul class="link-list" />
        </Panel>
      </div>
    </>
  );
}

/** Under which the browser keeps the one basket that was not ended; goes with the sign-out, as those that were put aside. */
export function leftBasketName(parkName: string): string {
  return parkName.replace('baskets ', 'baskets left ');
}

/** Shown by the script where this browser still has what was not exchanged. */
export function LeftBasket({ name }: { name: string }) {
  const { t } = usePage();
  return (
    <div data-left={name} data-left-words={t('exchange.keys.leftGo', { time: '{time}', count: '{count}' })} hidden>
      <Notice kind="info" title={t('exchange.keys.left')}>
        <span class="button-row">
          <a class="button button-secondary" href="?">
            {t('exchange.keys.left')}
          </a>
          <button class="button button-quiet" type="button">
            {t('exchange.keys.leftDrop')}
          </button>
        </span>
      </Notice>
    </div>
  );
}

const KEYS = [
  ['F9', 'exchange.keys.confirm'],
  ['F8', 'exchange.keys.parkHelp'],
  ['F10', 'exchange.keys.print'],
  ['Esc', 'exchange.keys.empty'],
  ['F1', 'exchange.keys.help'],
] as const;

/** What each key does, for whoever has a keyboard; F1 opens it. And the way to the screen that faces the customer. */
export function KeyHelp({ displayHref }: { displayHref: string }) {
  const { t } = usePage();
  return (
    <details class="more key-help">
      <summary data-key="F1" aria-keyshortcuts="F1">
        {t('exchange.keys.title')}
      </summary>
      <dl class="more-body keys">
        {KEYS.map(([name, words]) => (
          <div key={name}>
            <dt>
              <kbd>{name}</kbd>
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
      <p class="more-body">
        <a href={displayHref} target="_blank" rel="noopener">
          {t('exchange.display.open')}
        </a>
      </p>
    </details>
  );
}
