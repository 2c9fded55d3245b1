import { formatPoints } from '../../src/platform/points.ts';
import { BareLayout } from '../shared/bare-layout.tsx';
import { LinkButton } from '../shared/button.tsx';
import { DayText, formatDay } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import type { GoodsOnShelf } from '../shared/goods-tile.tsx';
import { Icon } from '../shared/icon.tsx';
import { Notice } from '../shared/notice.tsx';
import { type TextSize, usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Balance, Points, SignedPoints } from '../shared/points.tsx';

export type CardEntry = {
  /** Number of the act in the village's public record. */
  seq: number;
  href: string;
  day: string;
  /** 参加村组集中清扫, or 大米 5kg/袋 × 1、食盐 × 2 */
  what: string;
  deltaCentipoints: number;
  balanceAfterCentipoints: number;
};

export type CardPageProps = {
  /** Masked by the server: 王** */
  maskedName: string;
  groupName: string;
  cardNumber: string;
  frozen: boolean;
  balanceCentipoints: number;
  pending?: { centipoints: number; usableFrom: string } | undefined;
  expiring?: { centipoints: number; day: string } | undefined;
  affordable: readonly GoodsOnShelf[];
  /** The newest first. */
  entries: readonly CardEntry[];
  entryCount: number;
  allEntriesHref?: string | undefined;
  shelfHref: string;
  logHref: string;
  /** Of the village office. */
  phone?: string | undefined;
  /** 特大 unless the reader chose another step. */
  textSize?: TextSize | undefined;
};

const NON_BREAKING_HYPHEN = '\u2011';

/** What a villager sees after scanning the card: no account, no script; the balance comes first. */
export function CardPage(props: CardPageProps) {
  const { t } = usePage();
  const { affordable, entries, entryCount, allEntriesHref, shelfHref, logHref, phone } = props;
  return (
    <BareLayout title={t('cards.mine.title')} textSize={props.textSize}>
      <CardFace {...props} />
      <button class="button button-secondary button-wide" type="button" data-read-aloud="card-face" hidden>
        <Icon name="sound" />
        <span>{t('cards.mine.listen')}</span>
      </button>
      <Panel title={t('cards.mine.canHave')} aside={<a href={shelfHref}>{t('cards.mine.wholeShelf')}</a>}>
        {affordable.length === 0 ? (
          <EmptyState title={t('cards.mine.canHaveNone')}>{t('cards.mine.canHaveNoneHint')}</EmptyState>
        ) : (
          <ul class="can-have">
            {affordable.map((goods) => (
              <li key={goods.code}>
                <span class="can-have-words">
                  {goods.name} <span class="soft small">{goods.spec}</span>
                </span>
                <Points centipoints={goods.priceCentipoints} />
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title={t('cards.mine.passbook')}>
        {entries.length === 0 ? (
          <EmptyState title={t('cards.mine.passbookEmpty')} />
        ) : (
          <ol class="passbook">
            {entries.map((entry) => (
              <PassbookLine key={entry.seq} entry={entry} />
            ))}
          </ol>
        )}
        {allEntriesHref && (
          <LinkButton href={allEntriesHref} wide>
            {t('cards.mine.allEntries', { count: entryCount })}
          </LinkButton>
        )}
      </Panel>
      <Panel title={t('cards.mine.doubt')}>
        <p>{t('cards.mine.doubtText')}</p>
        <div class="button-row">
          {phone && (
            <LinkButton href={`tel:${phone}`} icon="phone">
              {t('cards.mine.call', { phone: phone.replaceAll('-', NON_BREAKING_HYPHEN) })}
            </LinkButton>
          )}
          <LinkButton href={logHref} icon="list">
            {t('cards.mine.verify')}
          </LinkButton>
        </div>
      </Panel>
    </BareLayout>
  );
}

function CardFace(props: CardPageProps) {
  const { t, locale, today } = usePage();
  const { pending, expiring } = props;
  return (
    <section class="card-face" id="card-face">
      <h1 class="card-face-name">{t('cards.mine.household', { name: props.maskedName })}</h1>
      <p class="card-face-detail">
        {props.groupName} · {t('cards.mine.cardNumber', { number: props.cardNumber })}
      </p>
      <Balance centipoints={props.balanceCentipoints} label={t('cards.mine.usable')} />
      {pending && (
        <p class="card-face-line">
          {t('cards.mine.pending', {
            points: formatPoints(pending.centipoints),
            day: formatDay(pending.usableFrom, locale, { today, short: true }),
          })}
        </p>
      )}
      {expiring && (
        <p class="card-face-line">
          {t('cards.mine.expiring', {
            points: formatPoints(expiring.centipoints),
            day: formatDay(expiring.day, locale, { today, short: true }),
          })}
        </p>
      )}
      {props.frozen && <Notice kind="warning">{t('cards.mine.frozen')}</Notice>}
    </section>
  );
}

function PassbookLine({ entry }: { entry: CardEntry }) {
  const { t } = usePage();
  return (
    <li class="passbook-line">
      <span class="passbook-what">{entry.what}</span>
      <span class="passbook-change">
        <SignedPoints centipoints={entry.deltaCentipoints} />
      </span>
      <span class="passbook-detail">
        <DayText day={entry.day} short /> <a href={entry.href}>{t('cards.mine.actNumber', { seq: entry.seq })}</a>
      </span>
      <span class="passbook-after">
        {t('cards.mine.after')} {formatPoints(entry.balanceAfterCentipoints)}
      </span>
    </li>
  );
}
