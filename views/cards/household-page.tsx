import type { ComponentChildren } from 'preact';
import type { HonourLine } from '../../src/cards/honour-line.ts';
import type { HouseholdChangeKind } from '../../src/cards/household-change.ts';
import type { PassbookLine } from '../../src/cards/passbook.ts';
import type { PendingLine } from '../../src/cards/pending-line.ts';
import type { PersonalView } from '../../src/people/index.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { ViewedBy } from '../people/viewed-by.tsx';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { ButtonBlock } from '../shared/button-block.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Panel } from '../shared/panel.tsx';
import { Balance } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SpendableNote, type Unspendable } from '../shared/spendable-note.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { type CardState, CardStatus } from './card-status.tsx';
import { useHonourLine } from './honour-line.tsx';
import { namedFacts } from './named-facts.ts';
import { PassbookList } from './passbook-list.tsx';
import { PendingList } from './pending-list.tsx';

export type HouseholdPageProps = {
  household: {
    number: string;
    headName: string;
    groupName: string;
    memberCount: number;
    phone: string | null;
    status: CardState;
    isRecalled: boolean;
    vacatedOn: string | null;
    balanceCentipoints: number;
    spendableCentipoints: number;
    unspendable: Unspendable;
  };
  /** Who of it is named. */
  members: readonly { memberId: number; name: string }[];
  /** Buttons that move points or hand out the card: for the manager only. */
  opening?: { idempotencyKey: string; openingCentipoints: number } | undefined;
  mayChange: boolean;
  /** What can be done with the card and the household as they stand; each has its own page. */
  changes: readonly HouseholdChangeKind[];
  /** Nobody is left, and until this day the points wait for relatives. */
  keptUntil: string | null;
  /** Digits for the counter, where the household asked for them. */
  pin: { isLocked: boolean } | null;
  /** Where they are set and changed: for the manager only. */
  pinHref?: string | undefined;
  /** For the county alone, once nothing stands against it. */
  eraseHref?: string | undefined;
  entries: readonly PassbookLine[];
  /** What cannot be spent yet. */
  pending: readonly PendingLine[];
  honours: HonourLine;
  olderHref?: string | undefined;
  newestHref?: string | undefined;
  /** Who opened this household last. */
  views: readonly PersonalView[];
  notice?: ComponentChildren;
};

/** One household for those who run the shop: balance, what can be done now, every entry. */
export function HouseholdPage(props: HouseholdPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { household, entries } = props;
  const honours = useHonourLine(props.honours);
  return (
    <Layout
      title={t('cards.mine.household', { name: household.headName })}
      crumbs={[{ href: href('/cards'), label: t('cards.list.title') }]}
      notice={props.notice}
    >
      <div class="household-head">
        <Panel class="person">
          <Balance centipoints={household.balanceCentipoints} />
          <SpendableNote {...household} />
          {props.mayChange && <Doing {...props} />}
        </Panel>
        <Panel>
          <Facts
            facts={[
              { label: t('cards.one.status'), value: <Standing household={household} /> },
              { label: t('cards.one.number'), value: household.number },
              { label: t('cards.one.group'), value: household.groupName },
              { label: t('cards.one.members'), value: t('cards.list.people', { count: household.memberCount }) },
              ...namedFacts(t, props.members),
              ...(props.pin
                ? [
                    {
                      label: t('cards.pin.state'),
                      value: t(props.pin.isLocked ? 'cards.pin.state.locked' : 'cards.pin.state.set'),
                    },
                  ]
                : []),
              ...(honours ? [{ label: t('honours.cardLine'), value: honours }] : []),
              ...(household.phone ? [{ label: t('cards.one.phone'), value: household.phone }] : []),
            ]}
          />
        </Panel>
      </div>
      <PendingList pending={props.pending} />
      <Panel
        title={t('cards.one.passbook')}
        aside={<a href={href(`/cards/${household.number}/statement`)}>{t('cards.statement.short')}</a>}
      >
        <PassbookList entries={entries} namesRecorder />
        <Pager nextHref={props.olderHref} firstHref={props.newestHref} />
      </Panel>
      {props.changes.length > 0 && <Changes {...props} />}
      <ButtonBlock>
        {props.pinHref && <LinkButton href={props.pinHref}>{t('cards.pin.link')}</LinkButton>}
        <LinkButton href={href(`/cards/${household.number}/copy`)}>{t('cards.copy.link')}</LinkButton>
        {props.eraseHref && <LinkButton href={props.eraseHref}>{t('cards.erasure.link')}</LinkButton>}
      </ButtonBlock>
      <ViewedBy views={props.views} />
    </Layout>
  );
}

function Changes({ household, changes, keptUntil }: HouseholdPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Panel title={t('cards.change.section')}>
      {keptUntil !== null && <p>{t('cards.change.keptUntil', { day: keptUntil })}</p>}
      <p class="soft">{t('cards.change.sectionHint')}</p>
      <ButtonBlock>
        {changes.map((kind) => (
          <LinkButton key={kind} href={href(`/cards/${household.number}/changes/${kind}`)}>
            {t(`cards.change.${kind}`)}
          </LinkButton>
        ))}
      </ButtonBlock>
    </Panel>
  );
}

function Doing({ household, opening }: HouseholdPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { number } = household;
  return (
    <>
      {opening && (
        <PostForm
          action={href('/openings')}
          idempotencyKey={opening.idempotencyKey}
          hidden={{ cards: number }}
          class="flow"
        >
          <p>{t('cards.one.openHint')}</p>
          <SubmitButton icon="check">
            {t('cards.one.open', { points: formatPoints(opening.openingCentipoints) })}
          </SubmitButton>
        </PostForm>
      )}
      <ButtonBlock>
        {household.status === 'active' && (
          <>
            <LinkButton href={href(`/awards/new?card=${number}`)} icon="award" look="primary">
              {t('cards.one.award')}
            </LinkButton>
            <LinkButton href={href(`/counter?card=${number}`)} icon="exchange">
              {t('cards.one.redeem')}
            </LinkButton>
            <LinkButton href={href(`/claims/new?card=${number}`)}>{t('cards.one.claim')}</LinkButton>
            <LinkButton href={href(`/reminders/new?card=${number}`)}>{t('reminders.new')}</LinkButton>
          </>
        )}
        {household.status !== 'closed' && !household.isRecalled && household.vacatedOn === null && (
          <LinkButton href={href(`/cards/${number}/print`)} icon="print">
            {t('cards.one.print')}
          </LinkButton>
        )}
      </ButtonBlock>
    </>
  );
}

function Standing({ household }: Pick<HouseholdPageProps, 'household'>) {
  const { t, locale, today } = usePage();
  const { status, isRecalled, vacatedOn } = household;
  return (
    <>
      <CardStatus status={status} />
      {isRecalled && status !== 'closed' && <> {t('cards.change.recalled')}</>}
      {vacatedOn !== null && (
        <> {t('cards.change.vacated', { day: formatDay(vacatedOn, locale, { today, short: true }) })}</>
      )}
    </>
  );
}
