import type { Activity, Attendance } from '../../src/activities/index.ts';
import type { ShownPhoto } from '../../src/problems/index.ts';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { type Fact, Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PhotoStrip } from '../shared/photo-field.tsx';
import { SignedPoints } from '../shared/points.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { activityName } from './activity-name.ts';
import { ActivityStateTag } from './activity-state.tsx';

export type ActivityPageProps = {
  activity: Activity;
  ruleName: string | null;
  photos: readonly ShownPhoto[];
  mayAward: boolean;
  done?: 'recorded' | 'awarded' | undefined;
};

/** One activity: who came, and what each household got for it. */
export function ActivityPage({ activity, ruleName, photos, mayAward, done }: ActivityPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { seq, name, attended, attendance, state } = activity;
  const paid = attendance.filter(({ award }) => award !== null).length;
  const title = name || t('activities.erased');
  const columns: Column<Attendance>[] = [
    {
      label: t('activities.household'),
      cell: ({ household }) =>
        household ? <a href={href(`/cards/${household.card}`)}>{household.name}</a> : t('activities.erased'),
      rowHeader: true,
    },
    { label: t('activities.group'), cell: ({ household }) => household?.groupName },
    { label: t('activities.member'), cell: ({ members }) => members, ifAny: true },
    {
      label: t('activities.points'),
      cell: ({ award }) =>
        award ? (
          <>
            <SignedPoints centipoints={award.centipoints} /> {award.waits && t('activities.waits')}
          </>
        ) : (
          t('activities.noPoints')
        ),
    },
    {
      label: t('activities.record'),
      cell: ({ award }) =>
        award && <a href={href(`/acts/${award.seq}`)}>{t('activities.onRecord', { seq: award.seq })}</a>,
      ifAny: true,
    },
  ];
  return (
    <Layout
      title={title}
      crumbs={[{ href: href('/activities'), label: t('activities.crumb') }]}
      notice={
        done && (
          <Notice kind="success" focused>
            {t(done === 'recorded' ? 'activities.done' : 'activities.doneAwarded')}
          </Notice>
        )
      }
      actions={
        mayAward &&
        state === 'waiting' && (
          <LinkButton href={href(`/activities/${seq}/awards/new`)} look="primary" icon="award">
            {t('activities.award')}
          </LinkButton>
        )
      }
    >
      <Panel>
        <Facts facts={factsOf({ activity, ruleName })} />
        {state === 'awarded' && <p>{t('activities.compared', { came: attended, paid })}</p>}
        <PhotoStrip photos={photos} what={title} />
      </Panel>
      <DataTable
        caption={t('activities.list')}
        columns={columns}
        rows={attendance}
        rowKey={({ pseudonym }) => pseudonym}
      />
    </Layout>
  );
}

function factsOf({ activity, ruleName }: Pick<ActivityPageProps, 'activity' | 'ruleName'>): Fact[] {
  const { t } = usePage();
  const href = useVillageHref();
  const { seq, kind, occurredOn, place, attended, by, rule } = activity;
  return [
    { label: t('activities.kind'), value: activityName(kind, t) },
    { label: t('activities.day'), value: <DayText day={occurredOn} /> },
    ...(place === '' ? [] : [{ label: t('activities.place'), value: place }]),
    { label: t('activities.attended'), value: t('activities.count', { count: attended }) },
    { label: t('activities.rule'), value: rule === null ? t('activities.noRule') : (ruleName ?? rule) },
    { label: t('activities.awarded'), value: <ActivityStateTag {...activity} /> },
    { label: t('activities.by'), value: by },
    {
      label: t('activities.record'),
      value: <a href={href(`/acts/${seq}`)}>{t('activities.onRecord', { seq })}</a>,
    },
  ];
}
