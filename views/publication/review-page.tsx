import { formatPoints } from '../../src/platform/points.ts';
import type { RecordContent, Remark } from '../../src/publication/index.ts';
import { ActionBar } from '../shared/action-bar.tsx';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { formatDay, formatMonth } from '../shared/day-text.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { RecordChanges } from './record-changes.tsx';
import { ChecksTable, RecordView } from './record-view.tsx';

export type ReviewPageProps = {
  month: string;
  record: RecordContent['record'];
  checks: RecordContent['checks'];
  changes: RecordContent['changes'];
  /** The version that stands; null before the first. */
  latestVersion: number | null;
  remarks: readonly Remark[];
  windowFrom: string;
  windowTo: string;
  /** `/villages/…` */
  villageHref: string;
  idempotencyKey: string;
  /** What came of the press. */
  refusal?: { refused: string } | undefined;
};

/** Check answers before publishing: what stands out first, then the record as it will stand, then one button. */
export function ReviewPage(props: ReviewPageProps) {
  const { t, locale } = usePage();
  const { month, record, changes, latestVersion, villageHref, checks, refusal } = props;
  const monthName = formatMonth(month, locale);
  const nothingNew = latestVersion !== null && changes.length === 0;
  const canPublish = !nothingNew && checks.every(({ ok }) => ok);
  return (
    <Layout
      title={t('publication.review.title', { month: monthName })}
      lead={
        latestVersion === null
          ? t('publication.review.lead')
          : t('publication.review.leadAgain', { version: latestVersion, next: latestVersion + 1 })
      }
      crumbs={[{ href: `${villageHref}/publications`, label: t('publication.title') }]}
      notice={
        refusal && (
          <Notice kind="refusal" focused>
            <p>{refusalText(locale, refusal)}</p>
          </Notice>
        )
      }
    >
      {nothingNew && latestVersion !== null ? (
        <Nothing version={latestVersion} href={`${villageHref}/publications/${month}/${latestVersion}`} />
      ) : (
        <Findings {...props} />
      )}
      {changes.length > 0 && latestVersion !== null && (
        <Panel title={t('publication.record.changes')}>
          <p>{t('publication.record.changesLead', { version: latestVersion })}</p>
          <RecordChanges changes={changes} />
        </Panel>
      )}
      <h2>{t('publication.review.preview')}</h2>
      <RecordView content={{ record, month }} actsHref={`${villageHref}/acts`} />
      <Panel title={t('publication.part.checks')} id="checks">
        <ChecksTable checks={checks} />
      </Panel>
      {canPublish && <PublishForm {...props} />}
    </Layout>
  );
}

function Nothing({ version, href }: { version: number; href: string }) {
  const { t } = usePage();
  return (
    <Notice kind="info">
      <p>{t('publication.review.nothing', { version })}</p>
      <p>
        <LinkButton href={href}>{t('publication.review.seeLatest', { version })}</LinkButton>
      </p>
    </Notice>
  );
}

/** Exceptions first; none is said in so many words. */
function Findings({ checks, remarks, villageHref, month }: ReviewPageProps) {
  const { t } = usePage();
  const failed = checks.filter(({ ok }) => !ok);
  const count = checks.length;
  if (failed.length > 0) {
    return (
      <Notice kind="refusal">
        <p>{t('publication.review.checksFailed', { count: failed.length })}</p>
        <ChecksTable checks={failed} />
      </Notice>
    );
  }
  if (remarks.length === 0) {
    return (
      <Notice kind="success" title={t('publication.review.clean')}>
        <p>{t('publication.review.cleanText', { count })}</p>
      </Notice>
    );
  }
  return (
    <>
      <Notice kind="success" title={t('publication.review.clean')}>
        <p>{t('publication.review.checksClean', { count })}</p>
      </Notice>
      <Notice kind="warning" title={t('publication.review.remarks')}>
        <ul class="plain-list">
          {remarks.map((remark, index) => (
            <li key={index}>
              <RemarkLine remark={remark} villageHref={villageHref} month={month} />
            </li>
          ))}
        </ul>
      </Notice>
    </>
  );
}

function RemarkLine({ remark, villageHref, month }: { remark: Remark; villageHref: string; month: string }) {
  const { t, locale } = usePage();
  const name = formatMonth('month' in remark ? remark.month : month, locale);
  const look = (href: string) => <a href={href}>{t('publication.review.look')}</a>;
  const review = (other: string) => look(`${villageHref}/publications/new?month=${other}`);
  switch (remark.kind) {
    case 'month_not_over': {
      const lastDay = formatDay(remark.lastDay, locale, { today: remark.lastDay, short: true });
      return <>{t('publication.remark.month_not_over', { month: name, lastDay })}</>;
    }
    case 'earlier_unpublished':
      return (
        <>
          {t('publication.remark.earlier_unpublished', { month: name })} {review(remark.month)}
        </>
      );
    case 'earlier_changed':
      return (
        <>
          {t('publication.remark.earlier_changed', { month: name, count: remark.count })} {review(remark.month)}
        </>
      );
    case 'opening_differs': {
      const closing = formatPoints(remark.closingCentipoints);
      const opening = formatPoints(remark.openingCentipoints);
      return (
        <>
          {t('publication.remark.opening_differs', { closing, opening })} {review(remark.month)}
        </>
      );
    }
    case 'entered_late':
      return (
        <>
          {t('publication.remark.entered_late', { count: remark.count })} {look(`${villageHref}/acts?month=${month}`)}
        </>
      );
    case 'equal_shares': {
      const { name: rule, households, cards } = remark;
      return (
        <>
          {t('publication.remark.equal_shares', { rule, households, cards })} {look('#rules')}
        </>
      );
    }
    case 'reversals':
      return (
        <>
          {t('publication.remark.reversals', { count: remark.count })} {look('#reversals')}
        </>
      );
  }
}

function PublishForm({ month, latestVersion, windowFrom, windowTo, villageHref, idempotencyKey }: ReviewPageProps) {
  const { t, locale } = usePage();
  const day = (value: string) => formatDay(value, locale, { today: windowFrom, short: true });
  return (
    <PostForm action={`${villageHref}/publications`} idempotencyKey={idempotencyKey} hidden={{ month }}>
      <ActionBar
        summary={
          latestVersion === null
            ? t('publication.review.summary', { month: formatMonth(month, locale) })
            : t('publication.review.summaryAgain', { version: latestVersion + 1 })
        }
      >
        <SubmitButton icon="notice">
          {t('publication.review.button', { from: day(windowFrom), to: day(windowTo) })}
        </SubmitButton>
      </ActionBar>
    </PostForm>
  );
}
