import type { SignedCheckpoint } from '../../src/auditlog/index.ts';
import { DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { How, Identity, type LogIdentity, Now, WitnessPanel } from './log-page.tsx';

export type CountyLogPageProps = LogIdentity & {
  countyName: string;
  /** What the county's log holds last of each village. */
  villages: readonly { code: string; name: string; size: number; day: string; time: string }[];
  signed: SignedCheckpoint | null;
  frozen: { refused: string } | null;
};

/** The county keeps what each village's log looked like; in plain sentences, then for whoever checks it. */
export function CountyLogPage(props: CountyLogPageProps) {
  const { t, locale } = usePage();
  const { countyName, villages, signed, frozen, witnesses } = props;
  return (
    <Layout
      title={t('auditlog.county.title')}
      lead={t('auditlog.county.lead', { county: countyName })}
      crumbs={[{ href: '/', label: countyName }]}
      notice={
        frozen && (
          <Notice kind="refusal" title="">
            <p>{refusalText(locale, frozen)}</p>
          </Notice>
        )
      }
    >
      <Panel title={t('auditlog.county.why')}>
        <ul class="plain-list">
          <li>{t('auditlog.county.why.kept')}</li>
          <li>{t('auditlog.county.why.rewritten')}</li>
          <li>{t('auditlog.county.why.limit')}</li>
        </ul>
      </Panel>
      <DataTable
        caption={t('auditlog.county.villages')}
        rows={villages}
        rowKey={({ code }) => code}
        brief
        empty={<EmptyState title={t('auditlog.county.none')}>{t('auditlog.county.noneHint')}</EmptyState>}
        columns={[
          {
            label: t('auditlog.county.village'),
            rowHeader: true,
            cell: ({ code, name }) => <a href={`/villages/${code}/log`}>{name}</a>,
          },
          { label: t('auditlog.county.kept'), cell: ({ day, time }) => <DayText day={day} time={time} /> },
          {
            label: t('auditlog.county.size'),
            numeric: true,
            cell: ({ size }) => t('auditlog.record.entries', { count: size }),
          },
        ]}
      />
      {signed && (
        <>
          <Identity {...props} />
          <Now signed={signed} count={t('auditlog.county.checkpoints', { count: signed.checkpoint.size })} />
          <WitnessPanel witnesses={witnesses} />
          <How {...props} />
        </>
      )}
    </Layout>
  );
}
