import { BareLayout } from '../shared/bare-layout.tsx';
import { LinkButton } from '../shared/button.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { useVillageHref } from '../shared/village-href.ts';

export type RecordPageProps = {
  seq: number;
  id: string;
  type: string;
  recordedDay: string;
  entry: string;
  leafHashHex: string;
  note: string;
  treeSize: number;
  vkey: string;
  /** What the server found itself. */
  isIncluded: boolean;
  isSealed: boolean;
  /** Where the log is served: `/log/330102001001` */
  logHref: string;
};

/** Where the code on a slip leads: three plain lines, checked by the reader's own phone where it can. */
export function RecordPage(props: RecordPageProps) {
  const { t, locale, village, today, assets } = usePage();
  const href = useVillageHref();
  const { seq, recordedDay } = props;
  const day = formatDay(recordedDay, locale, { today, short: true });
  return (
    <BareLayout title={t('auditlog.record.title', { seq })}>
      <div class="page-head">
        <div class="page-head-words">
          <h1>{t('auditlog.record.title', { seq })}</h1>
          <p class="lead">{t('auditlog.record.lead', { village: village?.name ?? '', day })}</p>
        </div>
      </div>
      <Lines {...props} />
      <p>
        <LinkButton href={href(`/acts/${seq}`)} wide>
          {t('auditlog.record.content')}
        </LinkButton>
      </p>
      <Details {...props} />
      <script src={assets.check} defer />
    </BareLayout>
  );
}

/** Drawn with the server's findings; the script replaces them by its own. */
function Lines({ seq, id, vkey, logHref, isIncluded, isSealed }: RecordPageProps) {
  const { t } = usePage();
  const isGood = isIncluded && isSealed;
  return (
    <section
      class="panel proof"
      id="record-check"
      aria-live="polite"
      data-log={logHref}
      data-seq={seq}
      data-id={id}
      data-vkey={vkey}
      data-good={t('auditlog.record.good')}
      data-bad={t('auditlog.record.bad')}
      data-by={t('auditlog.record.byPhone')}
      data-unable={t('auditlog.record.unable')}
      data-unsealed={t('auditlog.record.unsealed')}
      data-unreachable={t('auditlog.record.unreachable')}
    >
      <h2 class="proof-verdict" data-state={isGood ? 'good' : 'bad'} data-verdict>
        {isGood ? t('auditlog.record.good') : t('auditlog.record.bad')}
      </h2>
      <ol class="proof-lines">
        <Line
          name="included"
          state={isIncluded ? 'good' : 'bad'}
          texts={{ good: t('auditlog.record.included.good'), bad: t('auditlog.record.included.bad') }}
        />
        <Line
          name="seal"
          state={isSealed ? 'good' : 'bad'}
          texts={{
            good: t('auditlog.record.seal.good'),
            bad: t('auditlog.record.seal.bad'),
            'new-key': t('auditlog.record.seal.newKey'),
          }}
        />
        <Line
          name="history"
          state="open"
          texts={{
            open: t('auditlog.record.history.server'),
            good: t('auditlog.record.history.good'),
            first: t('auditlog.record.history.first'),
            bad: t('auditlog.record.history.bad'),
          }}
        />
      </ol>
      <div data-what-now hidden={isGood}>
        <Notice kind="warning">
          <p>{t('auditlog.record.whatNow')}</p>
        </Notice>
      </div>
      <p class="soft small" data-remark hidden />
      <noscript>
        <p class="soft small">{t('auditlog.record.noScript')}</p>
      </noscript>
    </section>
  );
}

type LineState = 'good' | 'bad' | 'first' | 'new-key' | 'open';

function Line({ name, state, texts }: { name: string; state: LineState; texts: Partial<Record<LineState, string>> }) {
  const { t } = usePage();
  const all = Object.fromEntries(Object.entries(texts).map(([key, text]) => [`data-${key}`, text]));
  return (
    <li class="proof-line" data-line={name} data-state={state} {...all}>
      <span class="proof-text">{texts[state]}</span>{' '}
      {state !== 'open' && <span class="proof-by soft small">{t('auditlog.record.byServer')}</span>}
    </li>
  );
}

function Details({ seq, id, type, entry, leafHashHex, note, treeSize, logHref }: RecordPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <details class="more proof-details">
      <summary>{t('auditlog.record.details')}</summary>
      <div class="more-body flow">
        <p>{t('auditlog.record.detailsText')}</p>
        <Facts
          facts={[
            { label: t('auditlog.record.id'), value: <code>{id}</code> },
            { label: t('auditlog.record.type'), value: <code>{type}</code> },
            { label: t('auditlog.record.entry'), value: <code>{entry}</code> },
            { label: t('auditlog.record.leafHash'), value: <code>{leafHashHex}</code> },
            { label: t('auditlog.record.treeSize'), value: t('auditlog.record.entries', { count: treeSize }) },
          ]}
        />
        <p>{t('auditlog.record.checkpoint')}</p>
        <pre class="log-text">{note}</pre>
        <p>
          <a href={`${logHref}/receipt/${seq}`} download>
            {t('auditlog.record.receipt')}
          </a>
        </p>
        <p>
          <a href={href('/log')}>{t('auditlog.record.auditor')}</a>
        </p>
      </div>
    </details>
  );
}
