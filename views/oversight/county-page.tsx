import type { ListedVillage } from '../../src/oversight/index.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';

/** The front page: what this is, and every village of the county by township. */
export function CountyPage({ villages }: { villages: readonly ListedVillage[] }) {
  const { t } = usePage();
  const [first] = villages;
  const townships = [...new Set(villages.map(({ township }) => township.code))];
  const households = villages.reduce((sum, { householdCount }) => sum + householdCount, 0);
  return (
    <Layout
      title={first ? t('oversight.county.title', { county: first.county.name }) : t('shared.product')}
      lead={t('oversight.county.lead')}
    >
      {villages.length === 0 ? (
        <EmptyState title={t('oversight.county.none')}>{t('oversight.county.noneHint')}</EmptyState>
      ) : (
        <>
          <p>{t('oversight.county.sum', { villages: villages.length, households })}</p>
          <div class="townships">
            {townships.map((code) => (
              <TownshipList key={code} villages={villages.filter(({ township }) => township.code === code)} />
            ))}
          </div>
          {first && (
            <p class="soft">
              <a href={`/regions/${first.county.code}/log`}>{t('auditlog.log.county')}</a>
            </p>
          )}
        </>
      )}
    </Layout>
  );
}

function TownshipList({ villages }: { villages: readonly ListedVillage[] }) {
  const { t } = usePage();
  return (
    <section class="township">
      <h2 class="township-name">{villages[0]?.township.name}</h2>
      <ul>
        {villages.map(({ code, name, householdCount, goodsKindCount, publishedMonthCount }) => (
          <li key={code}>
            <a class="village" href={`/villages/${code}`}>
              <span class="village-name">{name}</span>
              <span class="village-figures">
                {publishedMonthCount === 0
                  ? t('oversight.county.figuresNew', { households: householdCount, goods: goodsKindCount })
                  : t('oversight.county.figures', {
                      households: householdCount,
                      goods: goodsKindCount,
                      months: publishedMonthCount,
                    })}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
