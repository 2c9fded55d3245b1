import type { Visited, VisitResult } from '../../src/inspections/index.ts';
import type { ShownPhoto } from '../../src/problems/index.ts';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText, formatDay } from '../shared/day-text.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PhotoField, PhotoStrip } from '../shared/photo-field.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { SelectField } from '../shared/select-field.tsx';
import { StatusTag } from '../shared/status-tag.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { VisitStateTag } from './visit-state.tsx';

export type VisitPageProps = {
  visited: Visited;
  /** What is looked at today. */
  items: readonly string[];
  /** What was looked at, by checklist. */
  itemsOf: Readonly<Record<string, readonly string[]>>;
  photos: ReadonlyMap<string, ShownPhoto>;
  typed: Readonly<Record<string, string>>;
  idempotencyKey: string;
  keptIds: readonly string[];
  errors: FieldErrors;
  refusal?: { refused: string } | undefined;
  isDone: boolean;
  mayRecord: boolean;
  mayPlan: boolean;
  mayOpen: boolean;
};

/** One household: who goes, what they marked so far, and the form for what they mark now. */
export function VisitPage(props: VisitPageProps) {
  const { visited, errors, refusal, isDone, mayRecord, mayPlan, mayOpen } = props;
  const { card, state, plan, due, results } = visited;
  const { t, locale } = usePage();
  const href = useVillageHref();
  const isWaiting = state === 'planned' || state === 'failed';
  return (
    <Layout
      title={t('inspections.visitOf', { name: card.headName })}
      lead={t('inspections.visitLead')}
      crumbs={[{ href: href('/inspections'), label: t('inspections.title') }]}
      errors={errors}
      notice={
        refusal ? (
          <Notice kind="refusal" focused>
            {refusalText(locale, refusal)}
          </Notice>
        ) : (
          isDone && (
            <Notice kind={state === 'passed' ? 'success' : 'warning'} focused>
              {t(state === 'passed' ? 'inspections.donePassed' : 'inspections.doneFailed')}
            </Notice>
          )
        )
      }
      actions={
        <>
          {state === 'passed' && card.status === 'registered' && mayOpen && (
            <LinkButton look="primary" href={href(`/cards/${card.number}`)}>
              {t('inspections.openCard')}
            </LinkButton>
          )}
          {isWaiting && (
            <LinkButton href={href(`/inspections/sheets?card=${card.number}`)}>{t('inspections.sheet')}</LinkButton>
          )}
          {mayPlan && (
            <LinkButton href={href(`/inspections/new?card=${card.number}`)}>{t('inspections.planAgain')}</LinkButton>
          )}
        </>
      }
    >
      <Panel>
        <Facts
          facts={[
            {
              label: t('inspections.household'),
              value: (
                <>
                  <a href={href(`/cards/${card.number}`)}>{card.headName}</a> {card.number}
                </>
              ),
            },
            { label: t('inspections.group'), value: card.groupName },
            { label: t('inspections.state'), value: <VisitStateTag visited={visited} /> },
            ...(plan
              ? [
                  {
                    label: plan.seed === null ? t('inspections.assessorsNamed') : t('inspections.assessorsDrawn'),
                    value: plan.assessors.join(t('shared.comma')) || t('inspections.erased'),
                  },
                ]
              : []),
            ...(due === null
              ? []
              : [
                  {
                    label: state === 'failed' ? t('inspections.revisit') : t('inspections.due'),
                    value: <DayText day={due} />,
                  },
                ]),
          ]}
        />
        {plan?.seed && (
          <p class="soft small">
            {t('inspections.seedIs', { seed: plan.seed, seq: plan.seq, count: plan.candidates.length })}
          </p>
        )}
      </Panel>
      {isWaiting && mayRecord && plan && <MarksForm {...props} assessors={namesOf(plan)} />}
      {results.toReversed().map((result) => (
        <ResultPanel key={result.seq} result={result} {...props} />
      ))}
    </Layout>
  );
}

/** Erased names are told apart by their places. */
function namesOf({ assessors, count }: NonNullable<Visited['plan']>): string[] {
  const { t } = usePage();
  return Array.from({ length: count }, (_, place) => assessors[place] ?? t('inspections.assessor', { n: place + 1 }));
}

function MarksForm({
  visited,
  items,
  typed,
  idempotencyKey,
  keptIds,
  errors,
  assessors,
}: VisitPageProps & { assessors: readonly string[] }) {
  const { t } = usePage();
  const href = useVillageHref();
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  const options = [2, 1, 0].map((mark) => ({ value: String(mark), label: t(`inspections.mark.${mark as 0 | 1 | 2}`) }));
  return (
    <PostForm
      action={href(`/inspections/${visited.card.number}/results`)}
      idempotencyKey={idempotencyKey}
      enctype="multipart/form-data"
      class="steps"
    >
      {assessors.map((name, row) => (
        <Panel key={name} title={t('inspections.marksBy', { name })}>
          <div class="field-grid field-marks">
            {items.map((item, place) => (
              <SelectField
                key={item}
                name={`mark-${row}-${place}`}
                label={item}
                prompt={t('inspections.chooseMark')}
                options={options}
                value={typed[`mark-${row}-${place}`]}
                error={errorOf(`mark-${row}-${place}`)}
              />
            ))}
          </div>
        </Panel>
      ))}
      <Panel>
        <TextField
          name="occurredOn"
          type="date"
          size="short"
          label={t('inspections.visitedOn')}
          value={typed['occurredOn']}
          error={errorOf('occurredOn')}
        />
        <TextField
          name="revisit"
          type="date"
          size="short"
          label={t('inspections.revisitIf')}
          hint={t('inspections.revisitHint')}
          value={typed['revisit']}
          error={errorOf('revisit')}
        />
        <PhotoField keptIds={keptIds} />
        <SubmitButton>{t('inspections.submit')}</SubmitButton>
      </Panel>
    </PostForm>
  );
}

function ResultPanel({ result, itemsOf, photos, visited }: VisitPageProps & { result: VisitResult }) {
  const { t, locale, today } = usePage();
  const href = useVillageHref();
  const day = formatDay(result.day, locale, { today });
  const items = itemsOf[result.checklist] ?? [];
  const rows = result.median.map((median, place) => ({
    item: items[place] ?? t('inspections.item', { n: place + 1 }),
    given: result.marks.map((row) => row[place]),
    median,
  }));
  const columns: Column<(typeof rows)[number]>[] = [
    { label: t('inspections.itemHead'), cell: ({ item }) => item, rowHeader: true },
    { label: t('inspections.given'), cell: ({ given }) => given.join(t('shared.comma')) },
    { label: t('inspections.median'), cell: ({ median }) => median, numeric: true },
  ];
  return (
    <Panel
      title={t('inspections.resultOf', { day })}
      aside={
        <StatusTag tone={result.passed ? 'good' : 'bad'}>
          {t(result.passed ? 'inspections.passed' : 'inspections.failed')}
        </StatusTag>
      }
    >
      <DataTable
        caption={t('inspections.resultOf', { day })}
        captionHidden
        columns={columns}
        rows={rows}
        rowKey={({ item }) => item}
        totals={[t('inspections.total', { pass: result.passMarks }), '', result.total]}
      />
      <PhotoStrip
        photos={result.photos.flatMap((id) => photos.get(id) ?? [])}
        what={t('inspections.visitOf', { name: visited.card.headName })}
      />
      <p>
        <a href={href(`/acts/${result.seq}`)}>{t('inspections.onRecord', { seq: result.seq })}</a>
      </p>
    </Panel>
  );
}
