import type { DecidedRoster, NamedHousehold, NewHousehold } from '../../src/roster/decide-roster.ts';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { ImportGoesOn, ImportPress, ImportProblems, SheetForm } from '../shared/import-parts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { useVillageHref } from '../shared/village-href.ts';

export function RosterUploadPage({ refusal, running }: { refusal: string | undefined; running: string | null }) {
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
      <ImportGoesOn running={running} />
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
  const { added, named, known, problems, groups, hasIdentities, idempotencyKey } = props;
  const { t } = usePage();
  const href = useVillageHref();
  const counts = {
    added: added.length,
    named: named.length,
    known: known.length,
    problems: problems.length,
  };
  const confirm =
    named.length === 0 ? 'roster.confirm' : added.length === 0 ? 'roster.confirmNames' : 'roster.confirmBoth';
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
      {added.length > 0 && (
        <DataTable
          caption={t('roster.added')}
          columns={[
            ...placeColumns<NewHousehold>(t, groupName),
            { label: t('roster.members'), cell: ({ memberCount }) => memberCount, numeric: true },
            { label: t('roster.phone'), cell: ({ phone }) => phone ?? '' },
            namesColumn(t),
          ]}
          rows={added}
          rowKey={({ row }) => row}
        />
      )}
      {named.length > 0 && (
        <DataTable
          caption={t('roster.named')}
          columns={[...placeColumns<NamedHousehold>(t, groupName), namesColumn(t)]}
          rows={named}
          rowKey={({ row }) => row}
        />
      )}
      {added.length + named.length === 0 && <Notice kind="info">{t('roster.nothingNew')}</Notice>}
      <ImportPress
        action={href('/roster/imports')}
        idempotencyKey={idempotencyKey}
        hidden={{
          households: carriedOf(added),
          named: JSON.stringify(named.map(({ number, names }) => [number, names])),
        }}
        confirm={added.length + named.length > 0 ? t(confirm, { count: added.length, named: named.length }) : null}
        againHref={href('/roster')}
      />
      {known.length > 0 && (
        <DataTable
          caption={t('roster.known')}
          columns={placeColumns(t, groupName)}
          rows={known}
          rowKey={({ row }) => row}
        />
      )}
    </Layout>
  );
}

/** Only the values, for there may be thousands. */
function carriedOf(households: readonly NewHousehold[]): string {
  return JSON.stringify(
    households.map(({ row, groupId, headName, memberCount, phone, names }) => [
      row,
      groupId,
      headName,
      memberCount,
      phone,
      names,
    ]),
  );
}

type Words = ReturnType<typeof usePage>['t'];

function placeColumns<Row extends { row: number; headName: string; groupId: number }>(
  t: Words,
  groupName: (groupId: number) => string,
): Column<Row>[] {
  return [
    { label: t('shared.import.row'), cell: ({ row }) => row, numeric: true },
    { label: t('roster.name'), cell: ({ headName }) => headName, rowHeader: true },
    { label: t('roster.group'), cell: ({ groupId }) => groupName(groupId) },
  ];
}

function namesColumn<Row extends { names: readonly string[] }>(t: Words): Column<Row> {
  return { label: t('roster.namesHead'), cell: ({ names }) => names.join(t('shared.comma')) };
}
