import type { RuleVersion } from '../../src/rules/index.ts';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { SignedPoints } from '../shared/points.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { capInWords } from './cap-in-words.ts';

export type RuleHistoryPageProps = {
  code: string;
  category: string;
  /** The latest first. */
  versions: readonly RuleVersion[];
  mayChange: boolean;
};

/** Every version of one rule, with the day from which it counts, who decided it, and its number in the public record. */
export function RuleHistoryPage({ code, category, versions, mayChange }: RuleHistoryPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const columns: Column<RuleVersion>[] = [
    {
      label: t('rules.version'),
      cell: ({ version }) => <span class="whole">{t('rules.versionOf', { version })}</span>,
      rowHeader: true,
    },
    { label: t('rules.from'), cell: ({ effectiveFrom }) => <DayText day={effectiveFrom} /> },
    {
      label: t('rules.points'),
      cell: ({ isEnded, pointsCentipoints }) =>
        isEnded ? t('rules.ended') : <SignedPoints centipoints={pointsCentipoints} />,
      numeric: true,
    },
    { label: t('rules.name'), cell: ({ name, unit }) => `${name}（${t('rules.unitEach', { unit })}）` },
    { label: t('rules.cap'), cell: (rule) => capInWords(t, rule) ?? t('rules.noCap') },
    { label: t('rules.evidence'), cell: ({ evidence }) => evidence },
    { label: t('rules.approval'), cell: ({ approvalPath }) => t(`rules.approval.${approvalPath}`) },
    {
      label: t('rules.meeting'),
      cell: ({ meeting, decidedBy }) => (
        <>
          {meeting || t('rules.founding')}
          {decidedBy && <p>{t('rules.decidedByOf', { office: decidedBy })}</p>}
        </>
      ),
    },
    {
      label: t('rules.act'),
      cell: ({ seq }) => seq !== null && <a href={href(`/acts/${seq}`)}>{t('rules.actNumber', { seq })}</a>,
      ifAny: true,
    },
  ];
  return (
    <Layout
      title={versions[0]?.name ?? code}
      lead={t('rules.history.lead', { code, category })}
      crumbs={[{ href: href('/rules'), label: t('rules.title') }]}
      actions={mayChange && <LinkButton href={href(`/rules/${code}/change`)}>{t('rules.change')}</LinkButton>}
    >
      <DataTable
        caption={t('rules.history.caption', { count: versions.length })}
        columns={columns}
        rows={versions}
        rowKey={({ version }) => version}
      />
    </Layout>
  );
}
