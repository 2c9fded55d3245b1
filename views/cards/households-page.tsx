import { formatPoints } from '../../src/platform/points.ts';
import { ButtonRow, LinkButton } from '../shared/button.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { LocalNav } from '../shared/local-nav.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Points } from '../shared/points.tsx';
import { SearchForm } from '../shared/search-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { wholeAmounts } from '../shared/whole-amounts.ts';
import { type CardState, CardStatus } from './card-status.tsx';

type ListedHousehold = {
  number: string;
  headName: string;
  groupName: string;
  memberCount: number;
  status: CardState;
  balanceCentipoints: number;
};

export type HouseholdListProps = {
  query: string;
  groupId?: number | undefined;
  households: readonly ListedHousehold[];
  nextHref?: string | undefined;
  firstHref?: string | undefined;
};

export type HouseholdsPageProps = HouseholdListProps & {
  counts: { households: number; people: number; active: number; registered: number; balanceCentipoints: number };
  groups: readonly { groupId: number; name: string; householdCount: number }[];
  /** The manager registers, opens and prints; everybody else reads. */
  mayChange: boolean;
  /** Points expire in this village, and the reader may clear them away. */
  mayExpire: boolean;
  /** The reader records what the village decided about names in public. */
  mayChangeNames: boolean;
};

/** 住户: find a household by whatever one has at hand. */
export function HouseholdsPage(props: HouseholdsPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { query, groupId, groups, counts } = props;
  return (
    <Layout
      isLive
      title={t('cards.list.title')}
      lead={wholeAmounts(t('cards.list.lead', { ...counts, points: formatPoints(counts.balanceCentipoints) }))}
      actions={
        props.mayChange && (
          <ManagerLinks groupId={groupId} registered={counts.registered} isEmpty={counts.households === 0} />
        )
      }
    >
      <SearchForm
        action={href('/cards')}
        label={t('cards.list.search')}
        hint={t('cards.list.searchHint')}
        value={query}
        liveTarget="#households"
        autofocus={query === '' && groupId === undefined}
        hidden={groupId === undefined ? {} : { group: String(groupId) }}
      />
      <LocalNav
        label={t('cards.list.groups')}
        items={[
          { href: href('/cards'), label: t('shared.all'), count: counts.households, current: groupId === undefined },
          ...groups.map((group) => ({
            href: href(`/cards?group=${group.groupId}`),
            label: group.name,
            count: group.householdCount,
            current: group.groupId === groupId,
          })),
        ]}
      />
      <HouseholdList {...props} />
      <ButtonRow>
        <LinkButton href={href('/balances')}>{t('cards.standing.link')}</LinkButton>
        <LinkButton href={href('/debts')}>{t('cards.debts.link')}</LinkButton>
        {props.mayChangeNames && <LinkButton href={href('/names')}>{t('cards.names.link')}</LinkButton>}
        {props.mayExpire && <LinkButton href={href('/expiries/new')}>{t('cards.expiry.link')}</LinkButton>}
      </ButtonRow>
      <ExportLinks list="cards" />
    </Layout>
  );
}

type ManagerLinksProps = { groupId: number | undefined; registered: number; isEmpty: boolean };

function ManagerLinks({ groupId, registered, isEmpty }: ManagerLinksProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <>
      <LinkButton href={href('/cards/new')}>{t('cards.list.new')}</LinkButton>
      <LinkButton href={href('/roster')} look={isEmpty ? 'primary' : 'secondary'}>
        {t('roster.link')}
      </LinkButton>
      {registered > 0 && (
        <LinkButton href={href('/cards/openings/new')}>{t('cards.list.open', { count: registered })}</LinkButton>
      )}
      <LinkButton href={href(groupId === undefined ? '/cards/print' : `/cards/print?group=${groupId}`)}>
        {t('cards.list.print')}
      </LinkButton>
    </>
  );
}

/** What follows the typing; also the whole answer to htmx. */
export function HouseholdList({ query, households, nextHref, firstHref }: HouseholdListProps) {
  const { t } = usePage();
  const count = households.length;
  const isEmpty = query === '' && firstHref === undefined;
  return (
    <section class={query === '' ? 'flow' : 'flow found'} id="households">
      <p class="soft" role="status">
        {query !== '' && count > 0 && t(nextHref ? 'cards.list.foundMany' : 'cards.list.found', { count })}
        {count === 0 && <span class="visually-hidden">{t(isEmpty ? 'cards.list.nobody' : 'cards.list.none')}</span>}
      </p>
      {count === 0 ? (
        <EmptyState title={t(isEmpty ? 'cards.list.nobody' : 'cards.list.none')}>
          {t(isEmpty ? 'cards.list.nobodyHint' : 'cards.list.noneHint')}
        </EmptyState>
      ) : (
        <ul class="households">
          {households.map((household) => (
            <HouseholdLine key={household.number} household={household} />
          ))}
        </ul>
      )}
      <Pager nextHref={nextHref} firstHref={firstHref} />
    </section>
  );
}

function HouseholdLine({ household }: { household: ListedHousehold }) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <li>
      <a class="household" href={href(`/cards/${household.number}`)}>
        <span class="household-name">{household.headName}</span>
        <span class="household-detail">
          {household.groupName} · {t('cards.list.people', { count: household.memberCount })} ·{' '}
          {t('cards.list.tail', { digits: household.number.slice(-4) })}
        </span>
        <span class="household-balance">
          {household.status === 'active' ? (
            <Points centipoints={household.balanceCentipoints} />
          ) : (
            <CardStatus status={household.status} />
          )}
        </span>
      </a>
    </li>
  );
}
