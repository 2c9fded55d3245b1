import type { VillageProfile } from '../../src/oversight/index.ts';
import { formatPoints } from '../../src/platform/points.ts';
import type { VillageSettings } from '../../src/settings/index.ts';
import { GivingNav } from '../donations/donations-page.tsx';
import { formatMonth } from '../shared/day-text.tsx';
import { Doors, DoorTile } from '../shared/door-tile.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { formatYuan } from '../shared/yuan.tsx';

export type VillagePageProps = {
  village: { code: string; name: string; township: { name: string }; county: { name: string }; isMadeUp: boolean };
  profile: VillageProfile;
  openingDays: VillageSettings['openingDays'];
};

/** What anybody may know about a village's shop. */
export function VillagePage({ village, profile, openingDays }: VillagePageProps) {
  const { t, locale } = usePage();
  const href = `/villages/${village.code}`;
  const households = profile.groups.reduce((sum, { householdCount }) => sum + householdCount, 0);
  return (
    <Layout
      title={t('oversight.village.title', { village: village.name })}
      lead={`${village.county.name} ${village.township.name}`}
      crumbs={[{ href: '/', label: t('shared.publicVillages') }]}
    >
      <p>{t('oversight.village.cardHint')}</p>
      <Doors>
        <DoorTile
          door="shelf"
          href={`${href}/shelf`}
          hint={t('oversight.village.shelfHint', { count: profile.goodsKindCount })}
        />
        <DoorTile door="rules" href={`${href}/rules`} />
        <DoorTile door="publication" href={`${href}/publications`} hint={t('oversight.village.publicationHint')} />
        <DoorTile
          door="record"
          href={`${href}/acts`}
          hint={t('oversight.village.recordHint', { count: profile.actCount })}
        />
      </Doors>
      <GivingNav
        more={[
          { href: `${href}/board`, label: t('claims.board.title') },
          { href: `${href}/honours`, label: t('honours.title') },
        ]}
      />
      <div class="two-columns">
        <Panel
          title={t('oversight.village.about')}
          aside={<a href={`${href}/settings`}>{t('oversight.village.settings')}</a>}
        >
          <Facts
            facts={[
              {
                label: t('oversight.village.households'),
                value: t('oversight.village.householdsOf', { count: households, open: profile.openCardCount }),
              },
              {
                label: t('oversight.village.groups'),
                value: profile.groups
                  .map(({ name, householdCount }) => t('oversight.village.groupOf', { name, count: householdCount }))
                  .join(t('shared.comma')),
              },
              ...(openingDays === 'unsaid'
                ? []
                : [{ label: t('settings.openingDays'), value: t(`settings.openingDays.${openingDays}`) }]),
              {
                label: t('oversight.village.opening'),
                value: t('shared.pointsOf', { points: formatPoints(profile.openingCentipoints) }),
              },
              {
                label: t('oversight.village.rate'),
                value: (
                  <a href={`${href}/rate`}>
                    {t('oversight.village.rateOf', { yuan: formatYuan(profile.fenPerPoint) })}
                  </a>
                ),
              },
              ...(village.isMadeUp
                ? [{ label: t('oversight.village.code'), value: t('oversight.village.madeUp', { code: village.code }) }]
                : []),
            ]}
          />
        </Panel>
        <Panel
          title={t('oversight.village.newest')}
          aside={<a href={`${href}/publications`}>{t('oversight.village.allMonths')}</a>}
        >
          {profile.published.length === 0 ? (
            <EmptyState title={t('oversight.village.nonePublished')} />
          ) : (
            <ul class="link-list">
              {profile.published.map(({ month, version }) => (
                <li key={month}>
                  <a href={`${href}/publications/${month}/${version}`}>
                    {t('oversight.village.publishedMonth', { month: formatMonth(month, locale) })}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      </div>
    </Layout>
  );
}
