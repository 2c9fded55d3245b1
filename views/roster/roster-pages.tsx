import type { DecidedRoster, NewHousehold } from '../../src/roster/decide-roster.ts';
import { ButtonRow, LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { ImportPress, ImportProblems, SheetForm } from '../shared/import-parts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { useVillageHref } from '../shared/village-href.ts';

export function RosterUploadPage({ refusal }: { refusal: string | undefined }) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('roster.title')}
      lead={t('roster.lead')}
      width="narrow"
      crumbs={[{ href: href('/cards'), label: t('cards.list.title') }]}
      notice={
        refusal && (
          <Notice kind="refusal" focused>
            {refusal}
          </Notice>
        )
      }
    >
      <SheetForm action={href('/roster/previews')} label={t('roster.file')} />
      <p>
        <LinkButton href={href('/roster/template.xlsx')} icon="download">
          {t('roster.templateDownload')}
        </LinkButton>
      </p>
      <p>{t('roster.needs')}</p>
      <p class="soft">{t('roster.identity')}</p>
    </Layout>
  );
}

type PreviewProps = DecidedRoster & {
  groups: readonly { groupId: number; name: string }[];
  hasIdentities: boolean;
  /** For the download, as it is sent along. */
  problemRows: string;
  idempotencyKey: string;
};

/** What would become of each row; the problems stand first. */
export function RosterPreviewPage(props: PreviewProps) {
  const { added, known, problems, groups, hasIdentities, idempotencyKey } = props;
  const { t } = usePage();
  const href = useVillageHref();
  const counts = { added: added.length, known: known.length, problems: problems.length };
  const groupName = (groupId: number) => groups.find((group) => group.groupId === groupId)?.name ?? '';
  return (
    <Layout
      title={t('roster.previewTitle')}
      lead={t('roster.previewLead', counts)}
      crumbs={[{ href: href('/roster'), label: t('roster.title') }]}
      notice={hasIdentities && <Notice kind="warning">{t('roster.hasIdentities')}</Notice>}
    >
      <ImportProblems
        rows={problems.map(({ row, written, problems: kinds }) => ({
          row,
          written,
          reason: kinds.map((kind) => t(`roster.problem.${kind}`)).join(t('roster.and')),
        }))}
        written={t('roster.written')}
        action={href('/roster/problems')}
        carried={props.problemRows}
      />
      {added.length > 0 ? (
        <DataTable
          caption={t('roster.added')}
          columns={householdColumns(t, groupName)}
          rows={added}
          rowKey={({ row }) => row}
        />
      ) : (
        <Notice kind="info">{t('roster.nothingNew')}</Notice>
      )}
      <ImportPress
        action={href('/roster/imports')}
        idempotencyKey={idempotencyKey}
        hidden={{ households: JSON.stringify(added) }}
        confirm={added.length > 0 ? t('roster.confirm', { count: added.length }) : null}
        againHref={href('/roster')}
      />
      {known.length > 0 && (
        <DataTable
          caption={t('roster.known')}
          columns={[
            { label: t('shared.import.row'), cell: ({ row }) => row, numeric: true },
            { label: t('roster.name'), cell: ({ headName }) => headName, rowHeader: true },
            { label: t('roster.group'), cell: ({ groupId }) => groupName(groupId) },
          ]}
          rows={known}
          rowKey={({ row }) => row}
        />
      )}
    </Layout>
  );
}

function householdColumns(
  t: ReturnType<typeof usePage>['t'],
  groupName: (groupId: number) => string,
): Column<NewHousehold>[] {
  return [
    { label: t('shared.import.row'), cell: ({ row }) => row, numeric: true },
    { label: t('roster.name'), cell: ({ headName }) => headName, rowHeader: true },
    { label: t('roster.group'), cell: ({ groupId }) => groupName(groupId) },
    { label: t('roster.members'), cell: ({ memberCount }) => memberCount, numeric: true },
    { label: t('roster.phone'), cell: ({ phone }) => phone ?? '' },
  ];
}

export function RosterDonePage({ count }: { count: number }) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('roster.doneTitle')}
      crumbs={[{ href: href('/cards'), label: t('cards.list.title') }]}
      notice={
        <Notice kind="success" focused>
          {t('roster.done', { count })}
        </Notice>
      }
    >
      <ButtonRow>
        <LinkButton href={href('/cards/openings/new')} look="primary">
          {t('roster.open')}
        </LinkButton>
        <LinkButton href={href('/cards')}>{t('roster.list')}</LinkButton>
      </ButtonRow>
    </Layout>
  );
}
