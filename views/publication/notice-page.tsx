import { formatPoints, formatSignedPoints } from '../../src/platform/points.ts';
import type { RecordContent } from '../../src/publication/index.ts';
import { formatDay, formatLunarDay, formatMonth } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { PrintLayout } from '../shared/print-layout.tsx';
import { QrCode } from '../shared/qr-code.tsx';
import { SealPlace } from '../shared/seal-place.tsx';
import { RecordChanges } from './record-changes.tsx';
import { paperParts, type RecordPart } from './record-parts.ts';
import { partNumber, RecordTable } from './record-table.tsx';

export type NoticePageProps = {
  content: RecordContent;
  /** Of the act in the public record. */
  seq: number;
  contentHashHex: string;
  publishedOn: string;
  windowFrom: string;
  windowTo: string;
  managerNames: readonly string[];
  supervisorName: string;
  backHref: string;
  /** Where the code leads: the same version on the screen. */
  liveUrl: string;
  /** The signed checkpoint that covers this notice; null while the log cannot sign. */
  checkpointNote: string | null;
};

/** Shorter tables move to the next sheet whole, so that no heading stands alone at the foot of one. */
const MOST_ROWS_KEPT_TOGETHER = 12;

/** The notice for the board: black on white, one A4 sheet after the other, with the place for the seal. */
export function NoticePage(props: NoticePageProps) {
  const { t, locale } = usePage();
  const { content, publishedOn } = props;
  const title = t('publication.record.title', { month: formatMonth(content.month, locale) });
  const version = t('publication.version', { version: content.version });
  const day = (value: string) => formatDay(value, locale, { today: publishedOn, short: true });
  return (
    <PrintLayout title={title} paper="a4" backHref={props.backHref}>
      <header class="notice-head">
        <p class="notice-place">{t('publication.notice.place', { village: content.village.name })}</p>
        <h1 class="notice-name">{title}</h1>
        <p class="notice-facts">
          <span>{version}</span>
          <span>{t('publication.notice.number', { seq: props.seq })}</span>
          <span>{t('publication.notice.window', { from: day(props.windowFrom), to: day(props.windowTo) })}</span>
        </p>
      </header>
      <Summary content={content} />
      {content.changes.length > 0 && (
        <section class="notice-correction">
          <h2>{t('publication.notice.correction', { version: content.version - 1 })}</h2>
          <RecordChanges changes={content.changes} />
        </section>
      )}
      {paperParts(content, t).map((part, index) => (
        <Section
          key={part.name}
          part={part}
          title={t('publication.part.numbered', { number: partNumber(index, locale), title: part.title })}
          runningHead={`${content.village.name} · ${title} · ${version}`}
          year={content.month}
        />
      ))}
      <SignatureBlock {...props} />
    </PrintLayout>
  );
}

function Summary({ content }: Pick<NoticePageProps, 'content'>) {
  const { t } = usePage();
  const { totals } = content.record;
  return (
    <>
      <p class="notice-summary">
        {t('publication.notice.summary', {
          opening: formatPoints(totals.openingCentipoints),
          opened: formatPoints(totals.openedCentipoints),
          given: formatPoints(totals.givenCentipoints),
          taken: formatPoints(totals.takenCentipoints),
          spent: formatPoints(totals.exchangedCentipoints),
          closing: formatPoints(totals.closingCentipoints),
        })}{' '}
        {totals.expiredCentipoints !== undefined &&
          t('publication.notice.expired', { points: formatPoints(totals.expiredCentipoints) })}{' '}
        {totals.returnedCentipoints !== undefined &&
          t(totals.returnedCentipoints < 0 ? 'publication.notice.forgiven' : 'publication.notice.returned', {
            points: formatPoints(Math.abs(totals.returnedCentipoints)),
          })}{' '}
        {totals.movedCentipoints !== undefined &&
          t('publication.notice.moved', { points: formatPoints(totals.movedCentipoints) })}{' '}
        {totals.convertedCentipoints !== undefined &&
          t('publication.notice.converted', { points: formatSignedPoints(totals.convertedCentipoints) })}{' '}
        {totals.settledCentipoints !== undefined &&
          t('publication.notice.settled', { points: formatSignedPoints(totals.settledCentipoints) })}
      </p>
      {!content.isWholeMonth && <p class="notice-summary">{t('publication.record.early')}</p>}
    </>
  );
}

type SectionProps = { part: RecordPart; title: string; runningHead: string; year: string };

function Section({ part, title, runningHead, year }: SectionProps) {
  const isShort = part.rows.length <= MOST_ROWS_KEPT_TOGETHER;
  return (
    <section class={isShort ? 'notice-section record-table notice-short' : 'notice-section record-table'}>
      <h2>{title}</h2>
      <RecordTable part={part} runningHead={isShort ? undefined : runningHead} year={year} />
    </section>
  );
}

function SignatureBlock(props: NoticePageProps) {
  const { t, locale } = usePage();
  return (
    <footer class="notice-foot">
      <p>{t('publication.notice.objection')}</p>
      <div class="notice-sign">
        <figure class="notice-qr">
          <QrCode text={props.liveUrl} label={t('publication.notice.live')} />
          <figcaption>{t('publication.notice.live')}</figcaption>
        </figure>
        <div class="notice-names">
          <p>{t('publication.notice.supervisor', { name: props.supervisorName })}</p>
          {props.managerNames.length > 0 && (
            <p>{t('publication.notice.manager', { name: props.managerNames.join(t('shared.comma')) })}</p>
          )}
          <p>
            {formatDay(props.publishedOn, locale)} {formatLunarDay(props.publishedOn, locale)}
          </p>
        </div>
        <SealPlace />
      </div>
      <Checkpoint note={props.checkpointNote} />
      <p class="notice-hash">{t('publication.notice.hash', { hash: props.contentHashHex })}</p>
    </footer>
  );
}

/** The whole signed checkpoint, never a short code: a photo of it is the proof. */
function Checkpoint({ note }: { note: string | null }) {
  const { t } = usePage();
  if (note === null) return <p class="notice-checkpoint">{t('publication.notice.unsigned')}</p>;
  return (
    <div class="notice-checkpoint">
      <div class="notice-qr notice-qr-large">
        <QrCode text={note} level="L" label={t('publication.notice.checkpoint')} />
      </div>
      <p>{t('publication.notice.checkpointText')}</p>
    </div>
  );
}
