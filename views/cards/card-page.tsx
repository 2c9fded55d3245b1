import type { AffordableGoods } from '../../src/cards/affordable-goods.ts';
import type { PassbookLine } from '../../src/cards/passbook.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { BareLayout } from '../shared/bare-layout.tsx';
import { LinkButton } from '../shared/button.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Icon } from '../shared/icon.tsx';
import { Notice } from '../shared/notice.tsx';
import { PageContextProvider, type TextSize, usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Panel } from '../shared/panel.tsx';
import { Balance, Points, SignedPoints } from '../shared/points.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { passbookWords } from './passbook-words.ts';
import { zoneName } from './zone-name.ts';

export type CardPageProps = {
  /** Masked by the server: 王*国 */
  maskedName: string;
  groupName: string;
  cardNumber: string;
  status: 'registered' | 'active' | 'frozen' | 'closed';
  balanceCentipoints: number;
  /** In the order of the zones. */
  affordable: readonly AffordableGoods[];
  /** The newest first; all of them unless there are very many. */
  entries: readonly PassbookLine[];
  olderHref?: string | undefined;
  newestHref?: string | undefined;
  /** 特大 unless the reader chose another step. */
  textSize: TextSize;
};

/** What a villager sees after scanning the card: no account, no script; the balance comes first. */
export function CardPage(props: CardPageProps) {
  const page = usePage();
  const { t } = page;
  return (
    <PageContextProvider.Provider value={{ ...page, textSize: props.textSize }}>
      <BareLayout title={t('cards.mine.title')} textSize={props.textSize}>
        <CardFace {...props} />
        <button class="button button-secondary button-wide" type="button" data-read-aloud="card-face" hidden>
          <Icon name="sound" />
          <span>{t('cards.mine.listen')}</span>
        </button>
        {props.status === 'active' && <CanHave affordable={props.affordable} />}
        <Passbook {...props} />
        <Doubt />
      </BareLayout>
    </PageContextProvider.Provider>
  );
}

function CardFace({ maskedName, groupName, cardNumber, status, balanceCentipoints }: CardPageProps) {
  const { t } = usePage();
  return (
    <section class="card-face" id="card-face">
      <h1 class="card-face-name">{t('cards.mine.household', { name: maskedName })}</h1>
      <Balance centipoints={balanceCentipoints} label={t('cards.mine.usable')} />
      <p class="card-face-detail">
        {groupName} · {t('cards.mine.cardNumber', { number: cardNumber })}
      </p>
      {status !== 'active' && <Notice kind="warning">{t(`cards.mine.${status}`)}</Notice>}
    </section>
  );
}

function CanHave({ affordable }: Pick<CardPageProps, 'affordable'>) {
  const { t } = usePage();
  const href = useVillageHref();
  const zones = [...new Set(affordable.map(({ zone }) => zone))];
  return (
    <Panel title={t('cards.mine.canHave')}>
      {zones.length === 0 && (
        <EmptyState title={t('cards.mine.canHaveNone')}>{t('cards.mine.canHaveNoneHint')}</EmptyState>
      )}
      {zones.map((zone) => (
        <ZoneGoods key={zone} zone={zone} goods={affordable.filter((goods) => goods.zone === zone)} />
      ))}
      <div class="button-row">
        <LinkButton href={href('/shelf')}>{t('cards.mine.wholeShelf')}</LinkButton>
        <LinkButton href={href('/rules')}>{t('cards.mine.howToEarn')}</LinkButton>
      </div>
    </Panel>
  );
}

function ZoneGoods({ zone, goods }: { zone: string; goods: readonly AffordableGoods[] }) {
  const { t } = usePage();
  const left = (goods[0]?.ofZone ?? 0) - goods.length;
  return (
    <section class="can-have-zone">
      <h3>{zoneName(t, zone)}</h3>
      <ul class="can-have">
        {goods.map((item) => (
          <li key={item.code}>
            <span class="can-have-words">
              {item.name} <span class="soft small">{item.spec}</span>
            </span>
            <Points centipoints={item.priceCentipoints} />
          </li>
        ))}
      </ul>
      {left > 0 && <p class="soft small">{t('cards.mine.moreOfZone', { count: left })}</p>}
    </section>
  );
}

function Passbook({ entries, olderHref, newestHref }: CardPageProps) {
  const { t } = usePage();
  return (
    <Panel title={t('cards.mine.passbook')}>
      {entries.length === 0 ? (
        <EmptyState title={t('cards.mine.passbookEmpty')} />
      ) : (
        <ol class="passbook">
          {entries.map((entry) => (
            <PassbookEntry key={entry.seq} entry={entry} />
          ))}
        </ol>
      )}
      <Pager nextHref={olderHref} firstHref={newestHref} />
    </Panel>
  );
}

function PassbookEntry({ entry }: { entry: PassbookLine }) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <li class="passbook-line">
      <span class="passbook-what">{passbookWords(t, entry)}</span>
      <span class="passbook-change">
        <SignedPoints centipoints={entry.amountCentipoints} />
      </span>
      <span class="passbook-detail">
        <DayText day={entry.occurredOn} short />{' '}
        <a href={href(`/acts/${entry.seq}`)}>{t('cards.mine.actNumber', { seq: entry.seq })}</a>
        {entry.reversedBySeq !== null && <span>{t('cards.entry.reversed', { seq: entry.reversedBySeq })}</span>}
      </span>
      <span class="passbook-after">
        {t('cards.mine.after')} {formatPoints(entry.balanceAfterCentipoints)}
      </span>
    </li>
  );
}

function Doubt() {
  const { t, village } = usePage();
  const href = useVillageHref();
  return (
    <Panel title={t('cards.mine.doubt')}>
      <p>{t('cards.mine.doubtText', { village: village?.name ?? '' })}</p>
      <LinkButton href={href('/acts')} icon="list">
        {t('cards.mine.verify')}
      </LinkButton>
    </Panel>
  );
}
