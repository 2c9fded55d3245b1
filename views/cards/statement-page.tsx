import type { CardStatement } from '../../src/cards/card-statement.ts';
import type { PassbookLine } from '../../src/cards/passbook.ts';
import type { PendingLine } from '../../src/cards/pending-line.ts';
import { villageDay, villageTime } from '../../src/platform/clock.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { BareLayout } from '../shared/bare-layout.tsx';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText, formatDay } from '../shared/day-text.tsx';
import { Icon } from '../shared/icon.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { type TextSize, usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { SignedPoints } from '../shared/points.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { WholeNames } from '../shared/whole-names.tsx';
import { passbookWords } from './passbook-words.ts';
import { PendingList } from './pending-list.tsx';
import { WhyBalance } from './why-balance.tsx';

export type StatementPageProps = CardStatement & {
  /** Masked by the server where anybody may hold the card. */
  householdName: string;
  groupName: string;
  cardNumber: string;
  /** What cannot be spent yet; left out for a day of the past. */
  pending: readonly PendingLine[];
  /** A day of the past; undefined for now. */
  asOf: string | undefined;
  /** Of this page, and of the one that it explains. */
  href: string;
  backHref: string;
};

/** 对账单 for the office: with the names of those who wrote it down; prints on A4. */
export function StatementPage(props: StatementPageProps) {
  const { t } = usePage();
  const title = t('cards.statement.title', { name: props.householdName });
  return (
    <Layout
      title={title}
      lead={<Lead {...props} />}
      crumbs={[{ href: props.backHref, label: t('cards.mine.household', { name: props.householdName }) }]}
      actions={<PrintButton />}
    >
      <Statement {...props} namesRecorder />
    </Layout>
  );
}

/** The same for whoever holds the card: no names but the masked one. */
export function VillagerStatementPage({ textSize, ...props }: StatementPageProps & { textSize: TextSize }) {
  const { t } = usePage();
  const title = t('cards.statement.title', { name: props.householdName });
  return (
    <BareLayout title={title} textSize={textSize}>
      <div class="page-head">
        <div class="page-head-words">
          <h1>
            <WholeNames words={title} />
          </h1>
          <p class="lead">
            <Lead {...props} />
          </p>
        </div>
        <div class="page-actions">
          <LinkButton href={props.backHref} icon="back">
            {t('cards.mine.title')}
          </LinkButton>
          <PrintButton />
        </div>
      </div>
      <Statement {...props} />
    </BareLayout>
  );
}

function PrintButton() {
  const { t } = usePage();
  return (
    <button class="button button-secondary" type="button" data-print hidden>
      <Icon name="print" />
      <span>{t('shared.print')}</span>
    </button>
  );
}

function Lead({ groupName, cardNumber, asOf }: StatementPageProps) {
  const { t, locale, today } = usePage();
  const until = asOf
    ? t('cards.statement.until', { day: formatDay(asOf, locale, { today, short: true }) })
    : t('cards.statement.untilNow');
  return <>{t('cards.statement.lead', { group: groupName, number: cardNumber, until })}</>;
}

type StatementProps = StatementPageProps & { namesRecorder?: boolean };

function Statement(props: StatementProps) {
  const { t, locale, today } = usePage();
  const { asOf, lines, carriedCount, carriedCentipoints } = props;
  const points = formatPoints(props.statedCentipoints);
  const day = asOf && formatDay(asOf, locale, { today, short: true });
  return (
    <>
      <Panel title={day ? t('cards.why.then', { day, points }) : t('cards.why.now', { points })} class="statement">
        <WhyBalance parts={props.parts} />
        <Verdict {...props} />
      </Panel>
      <PendingList pending={props.pending} />
      <ChooseDay {...props} />
      {lines.length > 0 && (
        <section class="flow prints">
          <h2>{t('cards.statement.lines')}</h2>
          <p class="soft small">{t('cards.statement.clocks')}</p>
          {carriedCount > 0 && (
            <p>{t('cards.statement.carried', { count: carriedCount, points: formatPoints(carriedCentipoints) })}</p>
          )}
          <Lines {...props} />
        </section>
      )}
    </>
  );
}

function Verdict({ isSound, firstWrongN, sumCentipoints, statedCentipoints, lines, carriedCount }: StatementProps) {
  const { t } = usePage();
  const count = lines.length + carriedCount;
  if (isSound && count === 0) return <p>{t('cards.why.empty')}</p>;
  if (isSound) {
    return (
      <p class="verdict verdict-good">
        <Icon name="check" />
        <span>{t('cards.why.sound', { count, points: formatPoints(statedCentipoints) })}</span>
      </p>
    );
  }
  return (
    <Notice kind="refusal">
      <p>
        {firstWrongN === null
          ? t('cards.why.wrongSum', {
              sum: formatPoints(sumCentipoints),
              stated: formatPoints(statedCentipoints),
            })
          : t('cards.why.wrongLine', { n: firstWrongN })}
      </p>
    </Notice>
  );
}

function ChooseDay({ asOf, href }: StatementProps) {
  const { t, today } = usePage();
  return (
    <form class="search choose-day" method="get" action={href}>
      <TextField name="asOf" type="date" size="short" label={t('cards.statement.asOf')} value={asOf ?? today} />
      <div class="button-row">
        <SubmitButton look="secondary">{t('cards.statement.asOfGo')}</SubmitButton>
        {asOf && <LinkButton href={href}>{t('cards.statement.toNow')}</LinkButton>}
      </div>
    </form>
  );
}

function Lines({ lines, namesRecorder }: StatementProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const columns: Column<PassbookLine>[] = [
    { label: t('cards.statement.n'), cell: ({ n }) => t('cards.statement.nth', { n }), rowHeader: true },
    { label: t('cards.statement.what'), cell: (line) => <What line={line} names={namesRecorder} /> },
    { label: t('cards.statement.occurred'), cell: ({ occurredOn }) => <DayText day={occurredOn} short /> },
    {
      label: t('cards.statement.recorded'),
      cell: ({ recordedAt, recordedBy, approvedBy }) => (
        <>
          <DayText day={villageDay(recordedAt)} time={villageTime(recordedAt)} short />
          {namesRecorder && recordedBy !== '' && (
            <span class="statement-by">{t('cards.statement.by', { name: recordedBy })}</span>
          )}
          {namesRecorder && approvedBy !== null && (
            <span class="statement-by">{t('cards.entry.approvedBy', { name: approvedBy })}</span>
          )}
        </>
      ),
    },
    {
      label: t('cards.statement.change'),
      cell: ({ amountCentipoints }) => <SignedPoints centipoints={amountCentipoints} />,
      numeric: true,
    },
    {
      label: t('cards.statement.after'),
      cell: ({ balanceAfterCentipoints }) => formatPoints(balanceAfterCentipoints),
      numeric: true,
    },
    {
      label: t('cards.statement.record'),
      cell: ({ seq }) => <a href={href(`/acts/${seq}`)}>{t('cards.mine.actNumber', { seq })}</a>,
    },
  ];
  return (
    <DataTable
      caption={t('cards.statement.lines')}
      captionHidden
      wide
      columns={columns}
      rows={lines}
      rowKey={({ n }) => n}
    />
  );
}

/** The rule and its version, or the goods with quantity and price; for a reversal also which line it corrects. */
function What({ line, names }: { line: PassbookLine; names: boolean | undefined }) {
  const { t } = usePage();
  const { reversesSeq, reversedBySeq, ruleName, ruleVersion, goods, note, proxyRelation, proxyName, confirmedBy } =
    line;
  return (
    <div class="statement-what">
      <p>
        {reversesSeq !== null && `${t('cards.statement.undoes', { seq: reversesSeq })} `}
        {ruleName ??
          (goods.length > 0
            ? t(line.subject === 'points.hold' ? 'cards.statement.hold' : 'cards.statement.redeem')
            : passbookWords(t, { ...line, note: null, reversesSeq: null }))}
      </p>
      {ruleVersion !== null && <p class="soft small">{t('cards.statement.rule', { version: ruleVersion })}</p>}
      {goods.map(({ name, quantity, unit, priceCentipoints }) => (
        <p key={name} class="soft small">
          {t('cards.statement.goods', { name, quantity, unit, points: formatPoints(priceCentipoints) })}
        </p>
      ))}
      {proxyRelation !== null && (
        <p class="soft small">
          {t('cards.entry.fetchedBy', { name: t(`exchange.presence.proxy.${proxyRelation}`) })}
          {names && proxyName !== null && ` ${proxyName}`}
        </p>
      )}
      {names && confirmedBy !== null && <p class="soft small">{t('cards.entry.confirmedBy', { name: confirmedBy })}</p>}
      {note && <p class="soft small">{note}</p>}
      {reversedBySeq !== null && <p class="small">{t('cards.statement.undone', { seq: reversedBySeq })}</p>}
    </div>
  );
}
