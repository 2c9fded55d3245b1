import type { ComponentChildren } from 'preact';
import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { FileField } from '../shared/file-field.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { SignedPoints } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

const ACCEPTED = '.xlsx,.xls,.ods,.csv,.txt';

type UploadProps = {
  values: { meeting: string; effectiveFrom: string };
  errors: FieldErrors;
  notice?: ComponentChildren;
};

export function RuleImportPage({ values, errors, notice }: UploadProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  return (
    <Layout
      title={t('rules.import.title')}
      lead={t('rules.import.lead')}
      width="narrow"
      crumbs={[{ href: href('/rules'), label: t('rules.title') }]}
      errors={errors}
      notice={notice}
    >
      <Panel>
        <p>{t('rules.import.templateHint')}</p>
        <LinkButton href={href('/rule-imports/template.xlsx')} icon="download">
          {t('rules.import.templateDownload')}
        </LinkButton>
      </Panel>
      <Panel>
        <PostForm action={href('/rule-imports/previews')} enctype="multipart/form-data">
          <FileField name="file" label={t('rules.import.file')} hint={t('rules.import.fileHint')} accept={ACCEPTED} />
          <TextField
            name="meeting"
            label={t('rules.import.meeting')}
            hint={t('rules.import.meetingHint')}
            maxLength={60}
            value={values.meeting}
            error={errorOf('meeting')}
          />
          <TextField
            name="effectiveFrom"
            label={t('rules.import.effectiveFrom')}
            type="date"
            size="short"
            value={values.effectiveFrom}
            error={errorOf('effectiveFrom')}
          />
          <SubmitButton>{t('rules.import.submit')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}

type Change = {
  row: number;
  outcome: 'new' | 'change' | 'end';
  name: string;
  beforeCentipoints: number | null;
  afterCentipoints: number | null;
};

type Problem = { row: number; name: string; reason: string };

export type RuleImportPreviewProps = {
  changes: readonly Change[];
  problems: readonly Problem[];
  same: number;
  /** What the press sends back, and what the download needs. */
  rows: string;
  problemRows: string;
  idempotencyKey: string;
  notice?: ComponentChildren;
};

/** What would become of each row; the problems stand first. */
export function RuleImportPreviewPage(props: RuleImportPreviewProps) {
  const { changes, problems, same, rows, problemRows, idempotencyKey, notice } = props;
  const { t } = usePage();
  const href = useVillageHref();
  const counts = { changes: changes.length, same, problems: problems.length };
  return (
    <Layout
      title={t('rules.import.previewTitle')}
      lead={t('rules.import.previewLead', counts)}
      crumbs={[{ href: href('/rule-imports/new'), label: t('rules.import.title') }]}
      notice={notice}
    >
      {problems.length > 0 && (
        <section class="flow" aria-labelledby="problems">
          <h2 id="problems">{t('rules.import.problems')}</h2>
          <p>{t('rules.import.problemsHint')}</p>
          <DataTable
            caption={t('rules.import.problems')}
            captionHidden
            columns={[
              { label: t('rules.import.row'), cell: ({ row }) => row, numeric: true },
              { label: t('rules.name'), cell: ({ name }) => name, rowHeader: true },
              { label: t('rules.import.what'), cell: ({ reason }) => reason },
            ]}
            rows={problems}
            rowKey={({ row }) => row}
          />
          <PostForm action={href('/rule-imports/problems')} hidden={{ rows: problemRows }}>
            <SubmitButton look="secondary" icon="download">
              {t('rules.import.problemDownload', { count: problems.length })}
            </SubmitButton>
          </PostForm>
        </section>
      )}
      {changes.length > 0 ? (
        <DataTable
          caption={t('rules.import.changes')}
          columns={changeColumns(t)}
          rows={changes}
          rowKey={({ row }) => row}
        />
      ) : (
        <Notice kind="info">{t('rules.import.nothing')}</Notice>
      )}
      <PostForm action={href('/rule-imports')} idempotencyKey={idempotencyKey} hidden={{ rows }}>
        <ButtonRow>
          {changes.length > 0 && (
            <SubmitButton icon="check">{t('rules.import.confirm', { count: changes.length })}</SubmitButton>
          )}
          <LinkButton href={href('/rule-imports/new')}>{t('rules.import.again')}</LinkButton>
        </ButtonRow>
      </PostForm>
    </Layout>
  );
}

function changeColumns(t: ReturnType<typeof usePage>['t']): Column<Change>[] {
  const points = (centipoints: number | null) =>
    centipoints === null ? '' : <SignedPoints centipoints={centipoints} />;
  return [
    { label: t('rules.import.row'), cell: ({ row }) => row, numeric: true },
    { label: t('rules.name'), cell: ({ name }) => name, rowHeader: true },
    { label: t('rules.import.how'), cell: ({ outcome }) => t(`rules.import.${outcome}`) },
    { label: t('rules.import.before'), cell: ({ beforeCentipoints }) => points(beforeCentipoints), numeric: true },
    { label: t('rules.import.after'), cell: ({ afterCentipoints }) => points(afterCentipoints), numeric: true },
  ];
}
