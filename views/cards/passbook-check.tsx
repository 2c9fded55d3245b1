import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';

/** The script puts its numbers where these stand. */
const LEFT_OPEN = {
  first: '{first}',
  last: '{last}',
  n: '{n}',
  points: '{points}',
  shown: '{shown}',
  count: '{count}',
  all: '{all}',
};

type PassbookCheckProps = {
  /** Where the public log is served: `/log/330102001001` */
  logHref: string;
  /** The newest entry is on this page, so the balance above is that after it. */
  isNewest: boolean;
};

/** Three plain lines for the reader's own phone to fill in; without a script there is nothing to show. */
export function PassbookCheck({ logHref, isNewest }: PassbookCheckProps) {
  const { t, assets } = usePage();
  return (
    <section class="panel proof" id="passbook-check" hidden data-log={logHref} {...(isNewest && { 'data-newest': '' })}>
      <h2 class="panel-title">{t('cards.check.title')}</h2>
      <ol class="proof-lines" aria-live="polite">
        <li
          class="proof-line"
          data-line="gap"
          data-good={t('cards.check.gapGood', LEFT_OPEN)}
          data-bad={t('cards.check.gapBad', LEFT_OPEN)}
        />
        <li
          class="proof-line"
          data-line="sum"
          data-good={t('cards.check.sumGood', LEFT_OPEN)}
          data-part={t('cards.check.sumPart', LEFT_OPEN)}
          data-bad={t('cards.check.sumBad', LEFT_OPEN)}
          data-balance={t('cards.check.sumBalance', LEFT_OPEN)}
        />
        <li
          class="proof-line"
          data-line="log"
          data-state="open"
          data-running={t('cards.check.logRunning', LEFT_OPEN)}
          data-good={t('cards.check.logGood', LEFT_OPEN)}
          data-bad={t('cards.check.logBad', LEFT_OPEN)}
          data-seal={t('cards.check.logSeal')}
          data-unsealed={t('cards.check.logUnsealed', LEFT_OPEN)}
          data-unable={t('cards.check.logUnable')}
          data-unreachable={t('cards.check.logUnreachable')}
        >
          {t('cards.check.logOpen')}
        </li>
      </ol>
      <div data-what-now hidden>
        <Notice kind="warning">
          <p>{t('cards.check.whatNow')}</p>
        </Notice>
      </div>
      <button class="button button-secondary" type="button">
        {t('cards.check.askLog')}
      </button>
      <script src={assets.passbook} defer />
    </section>
  );
}
