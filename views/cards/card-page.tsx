import type { AffordableGoods } from '../../src/cards/affordable-goods.ts';
import type { StatementPart } from '../../src/cards/card-statement.ts';
import type { HeldGoods } from '../../src/cards/held-goods.ts';
import type { HonourLine } from '../../src/cards/honour-line.ts';
import type { PassbookLine } from '../../src/cards/passbook.ts';
import type { PendingLine } from '../../src/cards/pending-line.ts';
import { formatPoints } from '../../src/platform/points.ts';
import type { VillageSettings } from '../../src/settings/index.ts';
import { BareLayout } from '../shared/bare-layout.tsx';
import { ButtonRow, LinkButton } from '../shared/button.tsx';
import { DayText, formatLunarDay } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Icon } from '../shared/icon.tsx';
import { Notice } from '../shared/notice.tsx';
import { pointsInWords } from '../shared/number-words.ts';
import { type TextSize, usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Panel } from '../shared/panel.tsx';
import { Balance, Points } from '../shared/points.tsx';
import { SpendableNote, type Unspendable } from '../shared/spendable-note.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { WholeNames } from '../shared/whole-names.tsx';
import { HeldList } from './held-list.tsx';
import { useHonourLine } from './honour-line.tsx';
import { PassbookCheck } from './passbook-check.tsx';
import { PassbookList } from './passbook-list.tsx';
import { PendingList } from './pending-list.tsx';
import { WhyBalance } from './why-balance.tsx';
import { zoneName } from './zone-name.ts';

export type CardPageProps = {
  /** Masked by the server: 王*国 */
  maskedName: string;
  groupName: string;
  cardNumber: string;
  status: 'registered' | 'active' | 'frozen' | 'closed';
  balanceCentipoints: number;
  /** Less where the village keeps a base on each card. */
  spendableCentipoints: number;
  unspendable: Unspendable;
  /** In the order of the zones. */
  affordable: readonly AffordableGoods[];
  openingDays: VillageSettings['openingDays'];
  /** What waits for the village's word or for its days on the board. */
  pending: readonly PendingLine[];
  /** What is kept for the household, and where it reserves more, where the village lets it. */
  held: readonly HeldGoods[];
  reserveHref: string | undefined;
  /** Where a number is taken on an exchange day, where the village gives numbers. */
  queueHref: string | undefined;
  honours: HonourLine;
  /** Where the household asks for points itself, and objects to what is posted. */
  claimHref: string | undefined;
  wishHref: string;
  objectionHref: string;
  /** The newest first; all of them unless there are very many. */
  entries: readonly PassbookLine[];
  /** The balance as a sum, and where every line of it is explained. */
  parts: readonly StatementPart[];
  statementHref: string;
  /** Where the village's public log is served. */
  logHref: string;
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
    <BareLayout title={t('cards.mine.title')} textSize={props.textSize}>
      <CardFace {...props} />
      <p class="soft">
        <DayText day={page.today} /> {formatLunarDay(page.today, page.locale)}
      </p>
      <button class="button button-secondary button-wide" type="button" data-read-aloud="card-face" hidden>
        <Icon name="sound" />
        <span>{t('cards.mine.listen')}</span>
      </button>
      <InWords {...props} />
      <PendingList pending={props.pending} />
      {props.held.length > 0 && <HeldList held={props.held} href={props.reserveHref} />}
      {props.status === 'active' && <CanHave {...props} />}
      {props.held.length === 0 && <HeldList held={props.held} href={props.reserveHref} />}
      {props.entries.length > 0 && <Why {...props} />}
      <Panel title={t('cards.mine.passbook')}>
        <PassbookList entries={props.entries} />
        <Pager nextHref={props.olderHref} firstHref={props.newestHref} />
      </Panel>
      {props.entries.length > 0 && <PassbookCheck logHref={props.logHref} isNewest={props.newestHref === undefined} />}
      {props.claimHref && <Ask claimHref={props.claimHref} wishHref={props.wishHref} />}
      <Doubt objectionHref={props.objectionHref} />
    </BareLayout>
  );
}

function CardFace(props: CardPageProps) {
  const { maskedName, groupName, cardNumber, status, balanceCentipoints, honours } = props;
  const { t } = usePage();
  const honourLine = useHonourLine(honours);
  return (
    <section class="card-face" id="card-face">
      <h1 class="card-face-name">
        <WholeNames words={t('cards.mine.household', { name: maskedName })} />
      </h1>
      <Balance centipoints={balanceCentipoints} label={t('cards.mine.usable')} />
      <SpendableNote {...props} />
      <p class="card-face-detail">
        <span>{groupName}</span> <span>{t('cards.mine.cardNumber', { number: cardNumber })}</span>
      </p>
      {honourLine && (
        <p class="card-face-detail">
          <span>{t('honours.cardLine')}</span> <span>{honourLine}</span>
        </p>
      )}
      {status !== 'active' && <Notice kind="warning">{t(`cards.mine.${status}`)}</Notice>}
    </section>
  );
}

/** On request: for whoever reads words better than figures. */
function InWords({ balanceCentipoints, spendableCentipoints }: CardPageProps) {
  const { t, locale } = usePage();
  const words = (centipoints: number) => ({ words: pointsInWords(centipoints, locale) });
  const usableCentipoints = Math.max(balanceCentipoints, 0);
  return (
    <details class="more">
      <summary>{t('cards.mine.inWords')}</summary>
      <div class="more-body flow" id="card-in-words">
        <p>{t('cards.mine.usableInWords', words(usableCentipoints))}</p>
        {spendableCentipoints < usableCentipoints && (
          <p>{t('cards.mine.spendableInWords', words(spendableCentipoints))}</p>
        )}
        {balanceCentipoints < 0 && <p>{t('cards.mine.owedInWords', words(balanceCentipoints))}</p>}
      </div>
    </details>
  );
}

function CanHave({ affordable, openingDays, queueHref }: CardPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const zones = [...new Set(affordable.map(({ zone }) => zone))];
  return (
    <Panel title={t('cards.mine.canHave')}>
      {openingDays !== 'unsaid' && <p>{t('cards.openOn', { days: t(`settings.openingDays.${openingDays}`) })}</p>}
      {zones.length === 0 && (
        <EmptyState title={t('cards.mine.canHaveNone')}>{t('cards.mine.canHaveNoneHint')}</EmptyState>
      )}
      {zones.map((zone) => (
        <ZoneGoods key={zone} zone={zone} goods={affordable.filter((goods) => goods.zone === zone)} />
      ))}
      <div class="button-row">
        {queueHref && <LinkButton href={queueHref}>{t('exchange.queue.own.open')}</LinkButton>}
        <LinkButton href={href('/shelf')}>{t('cards.mine.wholeShelf')}</LinkButton>
        <LinkButton href={href('/rules')}>{t('cards.mine.howToEarn')}</LinkButton>
      </div>
    </Panel>
  );
}

/** Folded, so that the passbook stays near: the heading says how many and from how much. */
function ZoneGoods({ zone, goods }: { zone: string; goods: readonly AffordableGoods[] }) {
  const { t } = usePage();
  const [cheapest] = goods;
  if (!cheapest) return null;
  const left = cheapest.ofZone - goods.length;
  const from = { count: cheapest.ofZone, points: formatPoints(cheapest.priceCentipoints) };
  return (
    <details class="more">
      <summary>
        <span>
          <strong class="whole">{zoneName(t, zone)}</strong> <span class="whole">{t('cards.mine.zoneFrom', from)}</span>
        </span>
      </summary>
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
    </details>
  );
}

/** Folded, because most come for the balance alone. */
function Why({ parts, statementHref, balanceCentipoints }: CardPageProps) {
  const { t } = usePage();
  return (
    <details class="more">
      <summary>
        <strong>{t('cards.why.now', { points: formatPoints(balanceCentipoints) })}</strong>
      </summary>
      <div class="more-body flow">
        <WhyBalance parts={parts} />
        <LinkButton href={statementHref} icon="list">
          {t('cards.why.each')}
        </LinkButton>
      </div>
    </details>
  );
}

function Ask({ claimHref, wishHref }: { claimHref: string; wishHref: string }) {
  const { t } = usePage();
  return (
    <Panel title={t('cards.mine.ask')}>
      <p>{t('cards.mine.askText')}</p>
      <ButtonRow>
        <LinkButton href={claimHref} icon="plus">
          {t('cards.mine.askLink')}
        </LinkButton>
        <LinkButton href={wishHref} icon="plus">
          {t('wishes.ownTitle')}
        </LinkButton>
      </ButtonRow>
    </Panel>
  );
}

function Doubt({ objectionHref }: { objectionHref: string }) {
  const { t, village } = usePage();
  const href = useVillageHref();
  return (
    <Panel title={t('cards.mine.doubt')}>
      <p>{t('cards.mine.doubtText', { village: village?.name ?? '' })}</p>
      <ButtonRow>
        <LinkButton href={href('/acts')} icon="list">
          {t('cards.mine.verify')}
        </LinkButton>
        <LinkButton href={objectionHref} look="quiet">
          {t('cards.mine.object')}
        </LinkButton>
      </ButtonRow>
    </Panel>
  );
}
