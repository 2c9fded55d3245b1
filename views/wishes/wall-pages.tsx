import type { ComponentChildren } from 'preact';
import type { ShownWish, WallFilter } from '../../src/wishes/index.ts';
import { GivingNav } from '../donations/donations-page.tsx';
import { SubmitButton } from '../shared/button.tsx';
import { DayText, formatDay } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Layout } from '../shared/layout.tsx';
import { LocalNav } from '../shared/local-nav.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Panel } from '../shared/panel.tsx';
import { PhotoStrip } from '../shared/photo-field.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SearchForm } from '../shared/search-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { WishStateTag } from './wish-state-tag.tsx';

type Pages = { nextHref?: string | undefined; firstHref?: string | undefined };

export type WishWallPageProps = Pages & {
  wishes: readonly ShownWish[];
  filters: readonly { filter: WallFilter; count: number; current: boolean }[];
  query: string;
  /** For donors: the key of each form. */
  claimKeys?: ReadonlyMap<string, string> | undefined;
  notice?: ComponentChildren;
};

/** 心愿墙: the need, not the person; no likes and no ranking. */
export function WishWallPage({ wishes, filters, query, claimKeys, notice, nextHref, firstHref }: WishWallPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout title={t('wishes.title')} lead={t('wishes.lead')} notice={notice}>
      <GivingNav current="wishes" />
      <LocalNav
        label={t('wishes.state')}
        items={filters.map(({ filter, count, current }) => ({
          href: href(filter === 'open' ? '/wishes' : `/wishes?show=${filter}`),
          label: t(`wishes.state.${filter}`),
          count,
          current,
        }))}
      />
      <SearchForm action={href('/wishes')} label={t('wishes.search')} value={query} />
      {wishes.length === 0 && <EmptyState title={t('wishes.empty')}>{t('wishes.emptyHint')}</EmptyState>}
      {wishes.map((wish) => (
        <WallNote key={wish.wishId} wish={wish} claimKey={claimKeys?.get(wish.wishId)} />
      ))}
      <Pager nextHref={nextHref} firstHref={firstHref} />
    </Layout>
  );
}

function WallNote({ wish, claimKey }: { wish: ShownWish; claimKey: string | undefined }) {
  const { t, locale, today } = usePage();
  const href = useVillageHref();
  const at = href(`/wishes/${wish.wishId}`);
  const isOpen = wish.now === 'open';
  return (
    <Panel title={t(`wishes.kind.${wish.kind}`)} aside={<WishStateTag state={wish.now} />}>
      <p>{wish.words}</p>
      <p class="soft">
        {wish.now === 'claimed' && wish.claim
          ? t('wishes.until', { day: formatDay(wish.claim.until, locale, { today, short: true }) })
          : wish.openedOn && t('wishes.openedOn', { day: formatDay(wish.openedOn, locale, { today, short: true }) })}
      </p>
      <PhotoStrip photos={wish.shownPhotos} what={wish.words ?? ''} />
      {claimKey !== undefined && isOpen && (
        <PostForm action={`${at}/claims`} idempotencyKey={claimKey}>
          <SubmitButton>{t('wishes.claim')}</SubmitButton>
        </PostForm>
      )}
      {claimKey !== undefined && wish.isOwn && wish.now === 'claimed' && (
        <PostForm action={`${at}/releases`} idempotencyKey={claimKey}>
          <SubmitButton look="secondary">{t('wishes.release')}</SubmitButton>
        </PostForm>
      )}
    </Panel>
  );
}

/** 回音墙: what became of wishes, in the words of those who had them. */
export function EchoWallPage({ wishes, nextHref, firstHref }: Pages & { wishes: readonly ShownWish[] }) {
  const { t } = usePage();
  return (
    <Layout title={t('wishes.echoes')} lead={t('wishes.echoesLead')}>
      <GivingNav current="echoes" />
      {wishes.length === 0 && <EmptyState title={t('wishes.noEchoes')} />}
      {wishes.map(({ wishId, words, echo, shownPhotos }) => (
        <Panel key={wishId} title={words ?? ''}>
          <blockquote>{echo?.words}</blockquote>
          <PhotoStrip photos={shownPhotos} what={words ?? ''} />
          <p class="soft">{echo && <DayText day={echo.on} />}</p>
        </Panel>
      ))}
      <Pager nextHref={nextHref} firstHref={firstHref} />
    </Layout>
  );
}
