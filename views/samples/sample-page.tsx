import { formatSignedPoints } from '../../src/platform/points.ts';
import type { Sample, SampledLine } from '../../src/samples/index.ts';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { formatDay, formatMonth } from '../shared/day-text.tsx';
import type { Translate } from '../shared/dictionary.ts';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { type PageContext, usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { PrintLayout } from '../shared/print-layout.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { StatusTag } from '../shared/status-tag.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

type KeyedLine = SampledLine & { key: string };

export type SamplePageProps = {
  sample: Omit<Sample, 'lines'> & { lines: readonly KeyedLine[] };
  mayCheck: boolean;
  idempotencyKey: string;
  typed?: { line: string; outcome: string; note: string } | undefined;
  errors: FieldErrors;
  refusal?: { refused: string } | undefined;
};

/** One month's sample: what was drawn, what to ask on the phone, and what was seen. */
export function SamplePage({ sample, mayCheck, idempotencyKey, typed, errors, refusal }: SamplePageProps) {
  const page = usePage();
  const { t, locale } = page;
  const href = useVillageHref();
  const month = formatMonth(sample.month, locale);
  return (
    <Layout
      title={t('samples.of', { month })}
      lead={t('samples.lead')}
      width="narrow"
      crumbs={[{ href: href('/samples'), label: t('samples.title') }]}
      actions={<LinkButton href={href(`/samples/${sample.month}/sheet`)}>{t('samples.print')}</LinkButton>}
      errors={errors}
      notice={
        refusal && (
          <Notice kind="refusal" focused>
            {refusalText(locale, refusal)}
          </Notice>
        )
      }
    >
      {sample.lines.length === 0 && <p>{t('samples.nothingDrawn')}</p>}
      {sample.lines.map((line, place) => {
        const own = typed?.line === line.key ? typed : undefined;
        const errorOf = (field: string) => (own ? errors.find(({ name }) => name === field)?.message : undefined);
        return (
          <Panel
            key={line.key}
            title={titleOf(line, place, t)}
            aside={
              <StatusTag tone={TONES[line.state]}>
                {t(`samples.state.${line.state === 'undrawn' ? 'waiting' : line.state}`)}
              </StatusTag>
            }
          >
            <p>
              {describe(line, page)} <a href={href(`/acts/${line.seq}`)}>{t('samples.onRecord', { seq: line.seq })}</a>
            </p>
            <p class="soft">{t(`samples.ask.${line.kind}`)}</p>
            {line.note !== '' && <p>{line.note}</p>}
            {mayCheck && line.state === 'waiting' && (
              <PostForm
                action={href(`/samples/${sample.month}/checks`)}
                idempotencyKey={`${idempotencyKey}-${place}`}
                hidden={{ line: line.key }}
              >
                <ChoiceGroup
                  kind="radio"
                  name="outcome"
                  id={own ? undefined : `outcome-${place}`}
                  label={t('samples.outcome')}
                  chosen={[own?.outcome ?? '']}
                  error={errorOf('outcome')}
                  choices={[
                    { value: 'good', label: t('samples.good') },
                    { value: 'finding', label: t('samples.finding') },
                  ]}
                />
                <TextAreaField
                  name="note"
                  id={own ? undefined : `note-${place}`}
                  label={t('samples.note')}
                  hint={t('samples.noteHint')}
                  rows={2}
                  maxLength={200}
                  value={own?.note}
                  error={errorOf('note')}
                  optional
                />
                <SubmitButton look="secondary">{t('samples.check')}</SubmitButton>
              </PostForm>
            )}
          </Panel>
        );
      })}
      <p class="soft small">{t('samples.seedIs', { seed: sample.seed, seq: sample.seq })}</p>
    </Layout>
  );
}

/** A4 to take along: the lines, the questions, and room to write. */
export function SampleSheetPage({ sample, backHref }: { sample: Sample; backHref: string }) {
  const page = usePage();
  const { t, locale, village } = page;
  const title = t('samples.of', { month: formatMonth(sample.month, locale) });
  return (
    <PrintLayout title={title} paper="a4" backHref={backHref}>
      <h1>{`${village?.name ?? ''} ${title}`}</h1>
      <p>{t('samples.seedIs', { seed: sample.seed, seq: sample.seq })}</p>
      <DataTable
        caption={title}
        captionHidden
        columns={[
          { label: t('samples.line'), cell: (line, place) => titleOf(line, place, t), rowHeader: true },
          { label: t('samples.what'), cell: (line) => describe(line, page) },
          { label: t('samples.question'), cell: (line) => t(`samples.ask.${line.kind}`) },
          { label: t('samples.answer'), cell: ({ note }) => note || '＿＿＿＿＿＿＿＿' },
        ]}
        rows={sample.lines}
        rowKey={(_, place) => place}
      />
    </PrintLayout>
  );
}

const TONES = { undrawn: 'plain', waiting: 'warning', good: 'good', finding: 'bad' } as const;

function titleOf({ kind }: SampledLine, place: number, t: Translate): string {
  return t(`samples.kind.${kind}`, { n: place + 1 });
}

function describe(line: SampledLine, { t, locale, today }: Pick<PageContext, 't' | 'locale' | 'today'>): string {
  const { kind, item, household, phone, occurredOn, amountCentipoints, goods } = line;
  const listed = goods
    .filter(({ code }) => kind !== 'lot' || code === item)
    .map(({ name, quantity }) => t('samples.goods', { name, quantity }))
    .join(t('shared.comma'));
  const parts = [
    formatDay(occurredOn, locale, { today, short: true }),
    household,
    amountCentipoints === null ? '' : t('samples.points', { points: formatSignedPoints(amountCentipoints) }),
    listed,
    phone ? t('samples.phone', { phone }) : '',
  ];
  return parts.filter((part) => part).join(t('shared.comma'));
}
