import type { Act, ActKind } from '../../src/journal/index.ts';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText, formatMonth } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { LocalNav } from '../shared/local-nav.tsx';
import { usePage } from '../shared/page-context.ts';
import { SignedPoints } from '../shared/points.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { actSentence, pointsBeside } from './act-sentence.ts';

type ActFilter = { kind?: ActKind | undefined; month?: string | undefined; year?: string | undefined };

export type ActsPageProps = {
  acts: readonly Act[];
  /** `/villages/…/acts` */
  actsHref: string;
  kinds: readonly ActKind[];
  months: readonly string[];
  filter: ActFilter;
  hasNewer: boolean;
  hasOlder: boolean;
};

/** The village's record, newest first, each line with its number. */
export function ActsPage({ acts, actsHref, kinds, months, filter, hasNewer, hasOlder }: ActsPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const hrefOf = (query: Record<string, string | number | undefined>) => withQuery(actsHref, query);
  const columns: Column<Act>[] = [
    {
      label: t('journal.column.number'),
      cell: ({ seq }) => (
        <a class="act-number" href={`${actsHref}/${seq}`}>
          {t('journal.number', { seq })}
        </a>
      ),
      rowHeader: true,
    },
    { label: t('journal.column.day'), cell: ({ occurredOn }) => <DayText day={occurredOn} /> },
    { label: t('journal.column.what'), cell: (act) => <Sentence act={act} actsHref={actsHref} /> },
    {
      label: t('journal.column.points'),
      cell: (act) => {
        const points = pointsBeside(act);
        return points !== null && <SignedPoints centipoints={points} />;
      },
      numeric: true,
    },
  ];
  return (
    <Layout title={t('journal.title')} lead={t('journal.lead')}>
      <KindFilter
        kinds={kinds}
        chosen={filter.kind}
        hrefOf={(kind) => hrefOf({ kind, month: filter.month, year: filter.year })}
      />
      <MonthFilter
        months={months}
        chosen={filter.month}
        year={
          filter.year === undefined
            ? undefined
            : { year: filter.year, href: hrefOf({ kind: filter.kind, year: filter.year }) }
        }
        hrefOf={(month) => hrefOf({ kind: filter.kind, month })}
      />
      <div class="acts-list">
        <DataTable
          caption={rangeText(acts, t)}
          columns={columns}
          rows={acts}
          rowKey={({ seq }) => seq}
          empty={<EmptyState title={t('journal.empty')}>{t('journal.emptyHint')}</EmptyState>}
        />
        <ActsPager
          acts={acts}
          hrefOf={(query) => hrefOf({ ...filter, ...query })}
          hasNewer={hasNewer}
          hasOlder={hasOlder}
        />
      </div>
      <ExportLinks list="acts" query={withQuery('', { kind: filter.kind, month: filter.month })} />
      <p>
        <a href={href('/log')}>{t('journal.checkLog')}</a>
      </p>
    </Layout>
  );
}

type KindFilterProps = {
  kinds: readonly ActKind[];
  chosen: ActKind | undefined;
  hrefOf: (kind: ActKind | undefined) => string;
};

/** Folded like the months: the newest lines come first, before two handfuls of words. */
function KindFilter({ kinds, chosen, hrefOf }: KindFilterProps) {
  const { t } = usePage();
  return (
    <details class="more" open={chosen !== undefined}>
      <summary>{t('journal.filterKind')}</summary>
      <div class="more-body">
        <LocalNav
          label={t('journal.filterKind')}
          items={[
            { href: hrefOf(undefined), label: t('shared.all'), current: chosen === undefined },
            ...kinds.map((kind) => ({
              href: hrefOf(kind),
              label: t(`journal.kind.${kind}`),
              current: kind === chosen,
            })),
          ]}
        />
      </div>
    </details>
  );
}

type MonthFilterProps = {
  months: readonly string[];
  chosen: string | undefined;
  /** Where a whole year was asked for. */
  year: { year: string; href: string } | undefined;
  hrefOf: (month: string | undefined) => string;
};

/** Folded until a month is chosen: most readers look for what is new. */
function MonthFilter({ months, chosen, year, hrefOf }: MonthFilterProps) {
  const { t, locale } = usePage();
  return (
    <details class="more" open={chosen !== undefined || year !== undefined}>
      <summary>{t('journal.filterMonth')}</summary>
      <div class="more-body">
        <LocalNav
          label={t('journal.filterMonth')}
          items={[
            {
              href: hrefOf(undefined),
              label: t('journal.allMonths'),
              current: chosen === undefined && year === undefined,
            },
            ...(year === undefined
              ? []
              : [{ href: year.href, label: t('journal.wholeYear', { year: year.year }), current: true }]),
            ...months.map((month) => ({
              href: hrefOf(month),
              label: formatMonth(month, locale),
              current: month === chosen,
            })),
          ]}
        />
      </div>
    </details>
  );
}

function rangeText(acts: readonly Act[], t: ReturnType<typeof usePage>['t']): string {
  const last = acts[0];
  const first = acts.at(-1);
  if (!first || !last) return t('journal.title');
  if (first === last) return t('journal.number', { seq: last.seq });
  return t('journal.range', { first: first.seq, last: last.seq });
}

/** What happened; crossed out, with the way to its correction, when it no longer counts. */
function Sentence({ act, actsHref }: { act: Act; actsHref: string }) {
  const page = usePage();
  const text = actSentence(act, page);
  const { published } = act;
  if (published) {
    const publicationsHref = actsHref.replace(/acts$/, 'publications');
    return <a href={`${publicationsHref}/${published.month}/${published.version}`}>{text}</a>;
  }
  if (act.reversedBySeq === null) return <span>{text}</span>;
  return (
    <span class="act-sentence">
      <s>{text}</s>
      <a class="act-correction" href={`${actsHref}/${act.reversedBySeq}`}>
        {page.t('journal.reversed', { seq: act.reversedBySeq })}
      </a>
    </span>
  );
}

type ActsPagerProps = Pick<ActsPageProps, 'acts' | 'hasNewer' | 'hasOlder'> & {
  hrefOf: (query: Record<string, string | number | undefined>) => string;
};

function ActsPager({ acts, hasNewer, hasOlder, hrefOf }: ActsPagerProps) {
  const { t } = usePage();
  const newest = acts[0]?.seq ?? 0;
  const oldest = acts.at(-1)?.seq ?? 0;
  if (!hasNewer && !hasOlder) return null;
  return (
    <nav class="pager" aria-label={t('journal.paging')}>
      {hasNewer && (
        <>
          <a class="button button-quiet" href={hrefOf({})}>
            {t('journal.newest')}
          </a>
          <a class="button button-secondary" href={hrefOf({ from: newest + 1 })} rel="prev">
            {t('journal.newer')}
          </a>
        </>
      )}
      {hasOlder && (
        <>
          <a class="button button-secondary" href={hrefOf({ before: oldest })} rel="next">
            {t('journal.older')}
          </a>
          <a class="button button-quiet" href={hrefOf({ from: 0 })}>
            {t('journal.oldest')}
          </a>
        </>
      )}
    </nav>
  );
}

function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
