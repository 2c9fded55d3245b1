import type { PersonalView } from '../../src/people/index.ts';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Moment } from './sign-in-list.tsx';

/** 最近谁查看过: so that looking without a reason does not stay unseen. */
export function ViewedBy({ views }: { views: readonly PersonalView[] }) {
  const { t } = usePage();
  return (
    <Panel title={t('people.viewed.title')}>
      <p class="soft">{t('people.viewed.lead')}</p>
      <ViewList views={views} />
    </Panel>
  );
}

export function ViewList({ views }: { views: readonly PersonalView[] }) {
  const { t } = usePage();
  return (
    <ul class="plain-list">
      {views.map(({ displayName, kind, viewedAt }) => (
        <li key={`${viewedAt.getTime()}${displayName}${kind}`}>
          {displayName} {t(`people.viewed.${kind}`)} <Moment at={viewedAt} />
        </li>
      ))}
    </ul>
  );
}
