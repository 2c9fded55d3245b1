import type { HonourBoard, HonouredHousehold, Round } from '../../src/honours/index.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText, formatDay } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Points } from '../shared/points.tsx';
import { SearchForm } from '../shared/search-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { honourName } from './honour-name.ts';
import { RoundStateTag } from './round-state.tsx';

export type HonoursPageProps = {
  /** A page of those that were asked for. */
  households: HonourBoard['households'];
  query: string;
  moreHref?: string | undefined;
  topHref?: string | undefined;
  rounds: HonourBoard['rounds'];
  nextHref?: string | undefined;
  firstHref?: string | undefined;
  centipointsAStar: number;
  /** Whoever works in the village goes on to a round from here. */
  mayRead: boolean;
  mayOpen: boolean;
};

/** 光荣榜, for everybody: who was honoured, with stars, and the rounds. Names as the village shows them. */
export function HonoursPage(props: HonoursPageProps) {
  const { households, rounds, centipointsAStar, mayRead, mayOpen } = props;
  const { t, locale, village } = usePage();
  const href = useVillageHref();
  const householdColumns: Column<HonouredHousehold>[] = [
    { label: t('honours.household'), cell: ({ name }) => name, rowHeader: true },
    { label: t('honours.group'), cell: ({ groupName }) => groupName },
    {
      label: t('honours.list'),
      cell: ({ honours }) =>
        honours
          .map(({ kind, day }) =>
            t('honours.dated', { honour: honourName(kind, t), day: formatDay(day, locale, { short: true }) }),
          )
          .join(t('shared.comma')) || t('honours.backfill.only'),
    },
    {
      label: t('honours.stars'),
      cell: ({ stars }) => (stars === 0 ? t('honours.noStars') : t('honours.starCount', { count: stars })),
    },
    {
      label: t('honours.points'),
      cell: ({ honourCentipoints }) => <Points centipoints={honourCentipoints} />,
      numeric: true,
    },
  ];
  const roundColumns: Column<Round>[] = [
    {
      label: t('honours.roundName'),
      cell: ({ n, kind }) => {
        const name = t('honours.round', { n, honour: honourName(kind, t) });
        return mayRead ? <a href={href(`/honours/rounds/${n}`)}>{name}</a> : name;
      },
      rowHeader: true,
    },
    { label: t('honours.openedOn'), cell: ({ openedOn }) => <DayText day={openedOn} short /> },
    { label: t('honours.state'), cell: (round) => <RoundStateTag round={round} /> },
    {
      label: t('honours.chosen'),
      cell: ({ nominations }) =>
        t('honours.count', { count: nominations.filter(({ honour }) => honour && !honour.withdrawn).length }),
    },
    {
      label: t('honours.record'),
      cell: ({ seq, result }) => (
        <a href={href(`/acts/${result?.seq ?? seq}`)}>{t('honours.onRecord', { seq: result?.seq ?? seq })}</a>
      ),
    },
  ];
  return (
    <Layout
      title={t('honours.heading', { village: village?.name ?? '' })}
      lead={t('honours.lead')}
      actions={
        mayOpen && (
          <LinkButton href={href('/honours/rounds/new')} look="primary">
            {t('honours.new')}
          </LinkButton>
        )
      }
    >
      <SearchForm action={href('/honours')} label={t('honours.search')} value={props.query} />
      <DataTable
        caption={t('honours.households')}
        columns={householdColumns}
        rows={households}
        rowKey={({ name, groupName }, place) => `${name} ${groupName} ${place}`}
        brief
        empty={
          props.query === '' ? (
            <EmptyState title={t('honours.nobody')}>{t('honours.nobodyHint')}</EmptyState>
          ) : (
            <EmptyState title={t('honours.nobodyFound')} />
          )
        }
      />
      <Pager nextHref={props.moreHref} firstHref={props.topHref} />
      <p class="soft">{t('honours.starsHow', { points: formatPoints(centipointsAStar) })}</p>
      {rounds.length > 0 && (
        <DataTable caption={t('honours.rounds')} columns={roundColumns} rows={rounds} rowKey={({ seq }) => seq} brief />
      )}
      <Pager nextHref={props.nextHref} firstHref={props.firstHref} />
      {mayRead && (
        <p>
          <a href={href('/honours/backfills')}>{t('honours.backfill.title')}</a>
        </p>
      )}
      <ExportLinks list="honours" />
      {mayRead && <ExportLinks list="nominations" what={t('shared.list.nominations')} />}
    </Layout>
  );
}
