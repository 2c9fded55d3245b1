/** 导入: the parts that every import of a table shares, from the file that is chosen to the rows that have to be mended. */
import type { ComponentChildren } from 'preact';
import { ButtonRow, LinkButton, SubmitButton } from './button.tsx';
import { type Column, DataTable } from './data-table.tsx';
import { FileField } from './file-field.tsx';
import { Notice } from './notice.tsx';
import { usePage } from './page-context.ts';
import { Panel } from './panel.tsx';
import { PostForm } from './post-form.tsx';
import { useVillageHref } from './village-href.ts';

/** What browsers offer to choose from; what a file is its bytes say. */
const ACCEPTED = '.xlsx,.xls,.ods,.csv,.txt';

type SheetFormProps = {
  action: string;
  label: string;
  /** Further fields of the form. */
  children?: ComponentChildren;
};

export function SheetForm({ action, label, children }: SheetFormProps) {
  const { t } = usePage();
  return (
    <Panel>
      <PostForm action={action} enctype="multipart/form-data">
        <FileField name="file" label={label} hint={t('shared.import.files')} accept={ACCEPTED} />
        {children}
        <SubmitButton>{t('shared.import.submit')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}

/** An earlier press of which nobody has seen the end. */
export function ImportGoesOn({ running }: { running: string | null }) {
  const { t } = usePage();
  const href = useVillageHref();
  return running === null ? null : (
    <Notice kind="info">
      {t('imports.goesOn')} <a href={href(`/imports/${running}`)}>{t('imports.look')}</a>
    </Notice>
  );
}

type ProblemsProps = {
  rows: readonly { row: number; written: string; reason: string }[];
  /** Names what stood in the file. */
  written: string;
  action: string;
  /** For the download, as it is sent along. */
  carried: string;
};

/** Nothing where there is nothing to mend. */
export function ImportProblems({ rows, written, action, carried }: ProblemsProps) {
  const { t } = usePage();
  if (rows.length === 0) return null;
  const columns: Column<ProblemsProps['rows'][number]>[] = [
    { label: t('shared.import.row'), cell: ({ row }) => row, numeric: true },
    { label: written, cell: (line) => line.written, rowHeader: true },
    { label: t('shared.import.what'), cell: ({ reason }) => reason },
  ];
  return (
    <section class="flow" aria-labelledby="problems">
      <h2 id="problems">{t('shared.import.problems')}</h2>
      <p>{t('shared.import.problemsHint')}</p>
      <DataTable
        caption={t('shared.import.problems')}
        captionHidden
        columns={columns}
        rows={rows}
        rowKey={({ row }) => row}
      />
      <PostForm action={action} hidden={{ rows: carried }}>
        <SubmitButton look="secondary" icon="download">
          {t('shared.import.download', { count: rows.length })}
        </SubmitButton>
      </PostForm>
    </section>
  );
}

type PressProps = {
  action: string;
  idempotencyKey: string;
  /** What was looked at, sent back with the press. */
  hidden: Readonly<Record<string, string>>;
  /** The words of the button; none where there is nothing to record. */
  confirm: string | null;
  againHref: string;
};

export function ImportPress({ action, idempotencyKey, hidden, confirm, againHref }: PressProps) {
  const { t } = usePage();
  return (
    <PostForm action={action} idempotencyKey={idempotencyKey} hidden={hidden}>
      <ButtonRow>
        {confirm && <SubmitButton icon="check">{confirm}</SubmitButton>}
        <LinkButton href={againHref}>{t('shared.import.again')}</LinkButton>
      </ButtonRow>
    </PostForm>
  );
}
