import type { RecordContent } from '../../src/publication/index.ts';
import { LinkButton } from '../shared/button.tsx';
import { formatDay, formatMonth } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { LocalNav } from '../shared/local-nav.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { RecordChanges } from './record-changes.tsx';
import { ChecksTable, RecordView } from './record-view.tsx';
import { WechatText } from './wechat-text.tsx';

export type RecordPageProps = {
  content: RecordContent;
  /** Of the act in the public record. */
  seq: number;
  contentHashHex: string;
  publishedOn: string;
  windowFrom: string;
  windowTo: string;
  supervisorName: string;
  latestVersion: number;
  /** `/villages/…` */
  villageHref: string;
  /** This page as others reach it. */
  liveUrl: string;
  /** Whoever publishes is told what comes next, as long as the notice is to hang. */
  isPublisher: boolean;
};

/** On a phone the heading breaks after the month, not within a word. */
function MonthFirst({ title, month }: { title: string; month: string }) {
  if (!title.startsWith(month)) return <>{title}</>;
  return (
    <>
      {month}
      <wbr />
      {title.slice(month.length)}
    </>
  );
}

/** A published version, as it was frozen. */
export function RecordPage(props: RecordPageProps) {
  const { t, locale } = usePage();
  const { content, villageHref, latestVersion, publishedOn } = props;
  const { version, month } = content;
  const monthHref = `${villageHref}/publications/${month}`;
  const monthName = formatMonth(month, locale);
  const title = t('publication.record.title', { month: monthName });
  const day = (value: string) => formatDay(value, locale, { today: publishedOn, short: true });
  return (
    <Layout
      title={title}
      heading={<MonthFirst title={title} month={monthName} />}
      lead={t('publication.record.lead', {
        version,
        day: formatDay(publishedOn, locale, { short: true }),
        name: props.supervisorName,
        from: day(props.windowFrom),
        to: day(props.windowTo),
      })}
      crumbs={[{ href: `${villageHref}/publications`, label: t('publication.title') }]}
      actions={
        <>
          <LinkButton href={`${monthHref}/${version}/print`} icon="print">
            {t('publication.record.print')}
          </LinkButton>
          <LinkButton href={`${monthHref}/${version}.xlsx`} icon="download">
            {t('publication.record.excel')}
          </LinkButton>
          <LinkButton href={`${monthHref}/${version}.png`} icon="download">
            {t('publication.picture')}
          </LinkButton>
        </>
      }
      notice={<VersionNotice {...props} />}
    >
      {latestVersion > 1 && (
        <LocalNav
          label={t('publication.record.versions')}
          items={Array.from({ length: latestVersion }, (_, index) => latestVersion - index).map((number) => ({
            href: `${monthHref}/${number}`,
            label: t('publication.version', { version: number }),
            current: number === version,
          }))}
        />
      )}
      {content.changes.length > 0 && (
        <Panel title={t('publication.record.changes')}>
          <p>{t('publication.record.changesLead', { version: version - 1 })}</p>
          <RecordChanges changes={content.changes} />
        </Panel>
      )}
      <WechatText content={content} windowFrom={props.windowFrom} windowTo={props.windowTo} url={props.liveUrl} />
      <RecordView content={content} actsHref={`${villageHref}/acts`} />
      <Panel title={t('publication.part.checks')} id="checks">
        <ChecksTable checks={content.checks} />
      </Panel>
      <Proof {...props} />
    </Layout>
  );
}

function VersionNotice({ content, latestVersion, isPublisher, villageHref, windowTo }: RecordPageProps) {
  const { t, today } = usePage();
  if (content.version < latestVersion) {
    return (
      <Notice kind="warning" title={t('publication.record.superseded')}>
        <p>
          {t('publication.record.supersededText', { version: latestVersion })}{' '}
          <a href={`${villageHref}/publications/${content.month}/${latestVersion}`}>
            {t('publication.record.seeLatest', { version: latestVersion })}
          </a>
        </p>
      </Notice>
    );
  }
  return (
    <>
      {isPublisher && today <= windowTo && (
        <Notice kind="info" title={t('publication.record.next')}>
          <p>{t('publication.record.nextText')}</p>
        </Notice>
      )}
      {!content.isWholeMonth && (
        <Notice kind="info">
          <p>{t('publication.record.early')}</p>
        </Notice>
      )}
    </>
  );
}

function Proof({ content, seq, contentHashHex, villageHref }: RecordPageProps) {
  const { t } = usePage();
  return (
    <details class="more act-page">
      <summary>{t('publication.record.proof')}</summary>
      <div class="more-body flow">
        <p>{t('publication.record.proofText', { seq, through: content.throughSeq })}</p>
        <Facts
          facts={[
            { label: t('publication.record.hash'), value: <code>{contentHashHex}</code> },
            {
              label: t('publication.col.seq'),
              value: (
                <a class="act-number" href={`${villageHref}/acts/${seq}`}>
                  {t('publication.record.act', { seq })}
                </a>
              ),
            },
          ]}
        />
      </div>
    </details>
  );
}
