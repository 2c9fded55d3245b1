import type { Shown } from '../../src/exchange/index.ts';
import { formatPoints } from '../../src/platform/points.ts';
import type { Translate } from '../shared/dictionary.ts';
import { Document } from '../shared/document.tsx';
import { usePage } from '../shared/page-context.ts';

type SheetProps = {
  shown: Shown;
  /** After so long the screen clears itself, whatever has become of the server. */
  secondsShown: number | null;
};

const REFRESH_SECONDS = 3;

/** The screen that faces the customer: one sheet, nothing to press but the voice. */
export function DisplayPage({ eventsHref, ...sheet }: SheetProps & { eventsHref: string }) {
  const { t, village } = usePage();
  return (
    <Document
      title={t('exchange.display.title')}
      bodyClass="display"
      script="tools"
      scripts={['display']}
      styles={['displayCss']}
      textSize="standard"
      refreshSeconds={REFRESH_SECONDS}
      noIndex
    >
      <main class="display-main" id="display" data-events={eventsHref}>
        <h1 class="display-place">
          {village?.name}
          {t('shared.product')}
        </h1>
        <DisplaySheet {...sheet} />
        <button
          class="button button-secondary display-voice"
          type="button"
          id="display-voice"
          aria-pressed="false"
          data-on={t('exchange.display.silent')}
          data-off={t('exchange.display.aloud')}
          hidden
        >
          {t('exchange.display.aloud')}
        </button>
      </main>
      <template id="display-idle">
        <DisplaySheet shown={{ kind: 'idle' }} secondsShown={null} />
      </template>
    </Document>
  );
}

/** What the till does just now, as one part that is put in place of the last. */
export function DisplaySheet({ shown, secondsShown }: SheetProps) {
  const { t } = usePage();
  return (
    <section
      class="display-sheet"
      role="status"
      data-kind={shown.kind}
      data-clear={secondsShown ?? undefined}
      data-say={sentenceOf(t, shown)}
    >
      {shown.kind === 'idle' && <p class="display-words">{t('exchange.display.welcome')}</p>}
      {shown.kind === 'called' && (
        <>
          <p class="display-words">{t('exchange.display.please')}</p>
          <p class="display-figure display-balance">
            <strong>{t('exchange.queue.number', { number: shown.number })}</strong>
          </p>
          <p class="display-words">{t('exchange.display.toCounter')}</p>
        </>
      )}
      {shown.kind === 'done' && (
        <>
          <p class="display-words">{t('exchange.display.done')}</p>
          <Figure label={t('exchange.display.spent')} centipoints={shown.spentCentipoints} />
          <Figure label={t('exchange.display.left')} centipoints={shown.leftCentipoints} isBig />
        </>
      )}
      {shown.kind === 'serving' && <Serving shown={shown} />}
    </section>
  );
}

function Serving({ shown }: { shown: Extract<Shown, { kind: 'serving' }> }) {
  const { t } = usePage();
  const { name, balanceCentipoints, totalCentipoints, missingCentipoints, lines } = shown;
  const hasGoods = lines.length > 0;
  return (
    <>
      {name !== null && <p class="display-words">{name}</p>}
      {balanceCentipoints !== null && (
        <Figure label={t('exchange.display.balance')} centipoints={balanceCentipoints} isBig />
      )}
      {hasGoods && (
        <ul class="display-basket">
          {lines.map(({ name: goods, unit, quantity, lineCentipoints }) => (
            <li key={goods}>
              <span>{t('exchange.display.line', { name: goods, quantity, unit })}</span>{' '}
              <span>{formatPoints(lineCentipoints)}</span>
            </li>
          ))}
        </ul>
      )}
      {hasGoods && <Figure label={t('exchange.display.total')} centipoints={totalCentipoints} />}
      {hasGoods && balanceCentipoints !== null && missingCentipoints === 0 && (
        <Figure label={t('exchange.display.left')} centipoints={balanceCentipoints - totalCentipoints} />
      )}
      {missingCentipoints > 0 && (
        <p class="display-short">{t('exchange.display.short', { points: formatPoints(missingCentipoints) })}</p>
      )}
    </>
  );
}

function Figure({ label, centipoints, isBig = false }: { label: string; centipoints: number; isBig?: boolean }) {
  return (
    <p class={isBig ? 'display-figure display-balance' : 'display-figure'}>
      <span>{label}</span> <strong>{formatPoints(centipoints)}</strong>
    </p>
  );
}

/** Said aloud: points and never a name, for a room full of people listens. */
function sentenceOf(t: Translate, shown: Shown): string {
  if (shown.kind === 'idle') return '';
  if (shown.kind === 'called') return t('exchange.display.sayCalled', { number: shown.number });
  if (shown.kind === 'done') {
    const { spentCentipoints, leftCentipoints } = shown;
    return t('exchange.display.sayDone', {
      points: formatPoints(spentCentipoints),
      left: formatPoints(leftCentipoints),
    });
  }
  const { balanceCentipoints, totalCentipoints, missingCentipoints, lines } = shown;
  if (balanceCentipoints === null) return '';
  if (missingCentipoints > 0) return t('exchange.display.sayShort', { points: formatPoints(missingCentipoints) });
  if (lines.length === 0) return t('exchange.display.sayBalance', { points: formatPoints(balanceCentipoints) });
  return t('exchange.display.sayTotal', {
    points: formatPoints(totalCentipoints),
    left: formatPoints(balanceCentipoints - totalCentipoints),
  });
}
