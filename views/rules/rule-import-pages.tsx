import type { ComponentChildren } from 'preact';
import type { Rule } from '../../src/rules/village-rules.ts';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { ImportGoesOn, ImportPress, ImportProblems, SheetForm } from '../shared/import-parts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { SignedPoints } from '../shared/points.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { capInWords } from './cap-in-words.ts';

type UploadProps = {
  values: { meeting: string; effectiveFrom: string };
  errors: FieldErrors;
  notice?: ComponentChildren;
  /** An earlier table that is still being recorded. */
  running: string | null;
};

export function RuleImportPage({ values, errors, notice, running }: UploadProps) {
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
      <ImportGoesOn running={running} />
      <Panel>
        <p>{t('rules.import.templateHint')}</p>
        <LinkButton href={href('/rule-imports/template.xlsx')} icon="download">
          {t('rules.import.templateDownload')}
        </LinkButton>
      </Panel>
      <SheetForm action={href('/rule-imports/previews')} label={t('rules.import.file')}>
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
      </SheetForm>
    </Layout>
  );
}

type Change = {
  row: number;
  outcome: 'new' | 'change' | 'end';
  name: string;
  before: Worth | null;
  after: Worth | null;
};

type Worth = Pick<Rule, 'pointsCentipoints' | 'capPeriod' | 'capMaxCount' | 'capMaxCentipoints' | 'capPer'>;

type Problem = { row: number; name: string; reason: string };

export type RuleImportPreviewProps = {
  changes: readonly Change[];
  problems: readonly Problem[];
  same: number;
  /** What the press sends back, and what the download needs. */
  carried: Readonly<Record<string, string>>;
  problemRows: string;
  idempotencyKey: string;
};

/** What would become of each row; the problems stand first. */
export function RuleImportPreviewPage(props: RuleImportPreviewProps) {
  const { changes, problems, same, carried, problemRows, idempotencyKey } = props;
  const { t } = usePage();
  const href = useVillageHref();
  const counts = { changes: changes.length, same, problems: problems.length };
  return (
    <Layout
      title={t('rules.import.previewTitle')}
      lead={t('rules.import.previewLead', counts)}
      crumbs={[{ href: href('/rule-imports/new'), label: t('rules.import.title') }]}
    >
      <ImportProblems
        rows={problems.map(({ row, name, reason }) => ({ row, written: name, reason }))}
        written={t('rules.name')}
        action={href('/rule-imports/problems')}
        carried={problemRows}
      />
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
      <ImportPress
        action={href('/rule-imports')}
        idempotencyKey={idempotencyKey}
        hidden={carried}
        confirm={changes.length > 0 ? t('rules.import.confirm', { count: changes.length }) : null}
        againHref={href('/rule-imports/new')}
      />
    </Layout>
  );
}

function changeColumns(t: ReturnType<typeof usePage>['t']): Column<Change>[] {
  const worth = (rule: Worth | null) => {
    const cap = rule && capInWords(t, rule);
    return (
      rule && (
        <>
          <SignedPoints centipoints={rule.pointsCentipoints} /> {cap && <span class="soft small">{cap}</span>}
        </>
      )
    );
  };
  return [
    { label: t('shared.import.row'), cell: ({ row }) => row, numeric: true },
    { label: t('rules.name'), cell: ({ name }) => name, rowHeader: true },
    { label: t('rules.import.how'), cell: ({ outcome }) => t(`rules.import.${outcome}`) },
    { label: t('rules.import.before'), cell: ({ before }) => worth(before) },
    { label: t('rules.import.after'), cell: ({ after }) => worth(after) },
  ];
}
