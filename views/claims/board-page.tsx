import type { ShownPhoto } from '../../src/problems/index.ts';
import { LinkButton } from '../shared/button.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { DayText, NoticeDay } from '../shared/day-text.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Panel } from '../shared/panel.tsx';
import { PhotoStrip } from '../shared/photo-field.tsx';
import { SignedPoints } from '../shared/points.tsx';
import { StatusTag } from '../shared/status-tag.tsx';
import { useVillageHref } from '../shared/village-href.ts';

/** A line as it hangs on the board: of deductions nobody's name. */
export type BoardLine = {
  claimId: string;
  name: string | null;
  groupName: string | null;
  ruleName: string;
  rule: string;
  isOfPerson: boolean;
  evidence: string;
  photoCount: number;
  occurredOn: string;
  amountCentipoints: number;
  firstReviewer: string;
  secondReviewer: string;
  state: 'posted' | 'objected' | 'cleared' | 'upheld';
  clearsOn: string;
  objectableUntil: string;
  answers: readonly { outcome: 'upheld' | 'dismissed'; answer: string; witness: string; answeredOn: string }[];
};

export type BoardSheet = {
  sheet: number;
  postedOn: string;
  lines: readonly BoardLine[];
  shownPhotos: readonly ShownPhoto[];
};

export type BoardPageProps = {
  sheets: readonly BoardSheet[];
  nextHref?: string | undefined;
  firstHref?: string | undefined;
};

/** 公示榜: every sheet that hangs or hung on the board, with what became of each line. For everybody. */
export function BoardPage({ sheets, nextHref, firstHref }: BoardPageProps) {
  const { t, village } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('claims.board.title')}
      lead={t('claims.board.lead')}
      width="wide"
      crumbs={[{ href: href(''), label: village?.name ?? '' }]}
    >
      {sheets.length === 0 && <EmptyState title={t('claims.board.none')}>{t('claims.board.noneHint')}</EmptyState>}
      {sheets.map((sheet) => (
        <Panel key={sheet.sheet} title={t('claims.board.sheet', { sheet: sheet.sheet })} id={`sheet-${sheet.sheet}`}>
          <p>
            {t('claims.board.postedOn')} <NoticeDay day={sheet.postedOn} />
          </p>
          <PhotoStrip photos={sheet.shownPhotos} what={t('claims.board.sheet', { sheet: sheet.sheet })} />
          <SheetTable sheet={sheet} />
          <Answers sheet={sheet} />
        </Panel>
      ))}
      <Pager nextHref={nextHref} firstHref={firstHref} />
      {sheets.length > 0 && <ExportLinks list="board" />}
      <LinkButton href={href('/acts?kind=claim')} look="quiet" icon="list">
        {t('claims.board.record')}
      </LinkButton>
    </Layout>
  );
}

function SheetTable({ sheet }: { sheet: BoardSheet }) {
  const { t } = usePage();
  return (
    <DataTable
      caption={t('claims.board.count', { count: sheet.lines.length })}
      brief
      wide
      rows={sheet.lines}
      rowKey={({ claimId }) => claimId}
      columns={[
        { label: t('claims.board.number'), cell: (_line, index) => index + 1 },
        { label: t('claims.board.group'), cell: ({ groupName }) => <Whole>{groupName ?? '—'}</Whole> },
        { label: t('claims.household'), cell: ({ name }) => name ?? t('claims.board.unnamed'), rowHeader: true },
        {
          label: t('claims.what'),
          cell: ({ rule, ruleName, isOfPerson }) => (
            <>
              {ruleName}
              <Whole>{`（${rule}）`}</Whole>
              {isOfPerson && <span class="soft"> {t('claims.board.ofPerson')}</span>}
            </>
          ),
        },
        { label: t('claims.day'), cell: ({ occurredOn }) => <DayText day={occurredOn} short /> },
        {
          label: t('claims.points'),
          cell: ({ amountCentipoints }) => <SignedPoints centipoints={amountCentipoints} />,
          numeric: true,
        },
        { label: t('claims.board.evidence'), cell: (line) => evidenceInWords(line, t), ifAny: true },
        { label: t('claims.board.first'), cell: ({ firstReviewer }) => <Whole>{firstReviewer}</Whole> },
        { label: t('claims.board.second'), cell: ({ secondReviewer }) => <Whole>{secondReviewer}</Whole> },
        { label: t('claims.clearsOn'), cell: ({ clearsOn }) => <DayText day={clearsOn} short /> },
        {
          label: t('claims.board.objectUntil'),
          cell: ({ objectableUntil }) => <DayText day={objectableUntil} short />,
        },
        { label: t('claims.state'), cell: ({ state }) => <BoardState state={state} /> },
      ]}
    />
  );
}

/** Beside so many columns it would be parted. */
function Whole({ children }: { children: string }) {
  return <span class="whole">{children}</span>;
}

/** What proves it: by its rule, and the photos that came with it, which stand on no board. */
export function evidenceInWords(
  { evidence, photoCount }: { evidence: string; photoCount: number },
  t: Translate,
): string {
  if (photoCount === 0) return evidence;
  return t('claims.board.withPhotos', { evidence, count: photoCount });
}

const TONES = { posted: 'plain', objected: 'warning', cleared: 'good', upheld: 'bad' } as const;

function BoardState({ state }: Pick<BoardLine, 'state'>) {
  const { t } = usePage();
  return <StatusTag tone={TONES[state]}>{t(`claims.state.${state}`)}</StatusTag>;
}

function Answers({ sheet }: { sheet: BoardSheet }) {
  const { t } = usePage();
  const answered = sheet.lines.flatMap(({ answers }, index) => answers.map((answer) => ({ ...answer, index })));
  return (
    <>
      {answered.map(({ index, outcome, answer, witness, answeredOn }) => (
        <Facts
          key={`${index} ${answeredOn}`}
          facts={[
            {
              label: t('claims.board.answerTo', { number: index + 1 }),
              value: t(`claims.objection.${outcome}`),
            },
            { label: t('claims.objection.answer'), value: answer },
            { label: t('claims.objection.witness'), value: witness },
            { label: t('claims.objection.answeredOn'), value: <DayText day={answeredOn} /> },
          ]}
        />
      ))}
    </>
  );
}
