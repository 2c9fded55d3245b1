import type { ComponentChildren } from 'preact';
import type { Claim } from '../../src/claims/index.ts';
import { SubmitButton } from '../shared/button.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { DayText, NoticeDay } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Icon } from '../shared/icon.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PhotoField } from '../shared/photo-field.tsx';
import { SignedPoints } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { evidenceInWords } from './board-page.tsx';

export type SheetPageProps = {
  /** With the name as it stands on the board: nobody's for a deduction. */
  lines: readonly (Pick<
    Claim,
    'claimId' | 'ruleName' | 'rule' | 'evidence' | 'photos' | 'occurredOn' | 'amountCentipoints' | 'passedByNames'
  > & {
    shownName: string | null;
    shownGroup: string | null;
    clearsOn: string;
  })[];
  idempotencyKey: string;
  /** Public ids of photos that came with the last answer. */
  keptIds: readonly string[];
  notice?: ComponentChildren;
};

/** 张榜: print it, hang it up, and say so: the days of every line begin with that press. */
export function SheetPage({ lines, idempotencyKey, keptIds, notice }: SheetPageProps) {
  const { t, today } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('claims.sheet.title')}
      lead={lines.length > 0 && t('claims.sheet.lead')}
      width="wide"
      crumbs={[{ href: href('/claims'), label: t('claims.title') }]}
      notice={notice}
    >
      {lines.length === 0 ? (
        <EmptyState title={t('claims.sheet.none')}>{t('claims.sheet.noneHint')}</EmptyState>
      ) : (
        <>
          <Panel>
            <p>
              {t('claims.board.postedOn')} <NoticeDay day={today} />
            </p>
            <DataTable
              caption={t('claims.board.count', { count: lines.length })}
              rows={lines}
              rowKey={({ claimId }) => claimId}
              columns={[
                { label: t('claims.board.number'), cell: (_line, index) => index + 1 },
                { label: t('claims.board.group'), cell: ({ shownGroup }) => shownGroup ?? '—' },
                {
                  label: t('claims.household'),
                  cell: ({ shownName }) => shownName ?? t('claims.board.unnamed'),
                  rowHeader: true,
                },
                { label: t('claims.what'), cell: ({ rule, ruleName }) => `${ruleName}（${rule}）` },
                { label: t('claims.day'), cell: ({ occurredOn }) => <DayText day={occurredOn} short /> },
                {
                  label: t('claims.points'),
                  cell: ({ amountCentipoints }) => <SignedPoints centipoints={amountCentipoints} />,
                  numeric: true,
                },
                {
                  label: t('claims.board.evidence'),
                  cell: ({ evidence, photos }) => evidenceInWords({ evidence, photoCount: photos.length }, t),
                  ifAny: true,
                },
                { label: t('claims.board.first'), cell: ({ passedByNames }) => passedByNames[0] ?? '' },
                { label: t('claims.board.second'), cell: ({ passedByNames }) => passedByNames[1] ?? '' },
                { label: t('claims.clearsOn'), cell: ({ clearsOn }) => <DayText day={clearsOn} short /> },
              ]}
            />
            <button class="button button-secondary" type="button" data-print hidden>
              <Icon name="print" />
              <span>{t('shared.print')}</span>
            </button>
          </Panel>
          <PostForm
            action={href('/sheets')}
            idempotencyKey={idempotencyKey}
            hidden={{ claims: lines.map(({ claimId }) => claimId).join(',') }}
            enctype="multipart/form-data"
            class="flow"
          >
            <p>{t('claims.sheet.word')}</p>
            <PhotoField label={t('claims.sheet.photo')} most={2} keptIds={keptIds} />
            <SubmitButton icon="check">{t('claims.sheet.submit', { count: lines.length })}</SubmitButton>
          </PostForm>
        </>
      )}
    </Layout>
  );
}
