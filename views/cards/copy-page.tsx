import { formatPoints } from '../../src/platform/points.ts';
import type { CopiedAct, CopiedCard, HouseholdCopy } from '../../src/privacy/index.ts';
import { Moment } from '../people/sign-in-list.tsx';
import { ViewList } from '../people/viewed-by.tsx';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { Facts } from '../shared/facts.tsx';
import { Icon } from '../shared/icon.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Panel } from '../shared/panel.tsx';
import { SignedPoints } from '../shared/points.tsx';
import { CardStatus } from './card-status.tsx';
import { CopiedMatters } from './copied-matters.tsx';
import { namedFacts } from './named-facts.ts';
import { passbookWords } from './passbook-words.ts';

export type CopyPageProps = HouseholdCopy & {
  /** Of the card that the household has now. */
  number: string;
  madeAt: Date;
  madeBy: string;
  backHref: string;
  /** The same for programs. */
  fileHref: string;
  nextHref?: string | undefined;
};

/** 本户全部资料: to read, to print and to hand over. */
export function CopyPage(props: CopyPageProps) {
  const { t } = usePage();
  const { household, acts, views, nextHref } = props;
  const { headName } = household;
  return (
    <Layout
      title={t('cards.copy.title', { name: headName })}
      lead={t('cards.copy.lead')}
      crumbs={[{ href: props.backHref, label: t('cards.mine.household', { name: headName }) }]}
      actions={
        <>
          <LinkButton href={props.fileHref}>{t('cards.copy.file')}</LinkButton>
          <button class="button button-secondary" type="button" data-print hidden>
            <Icon name="print" />
            <span>{t('shared.print')}</span>
          </button>
        </>
      }
    >
      <p class="soft">
        {t('cards.copy.made', { name: props.madeBy })} <Moment at={props.madeAt} />
        {' · '}
        {t('cards.copy.noted')}
      </p>
      {nextHref && <Notice kind="info">{t('cards.copy.part')}</Notice>}
      <HouseholdFacts {...props} />
      <Cards {...props} />
      <section class="flow prints">
        <h2>{t('cards.copy.acts')}</h2>
        {acts.length === 0 ? <p>{t('cards.copy.noActs')}</p> : <Acts acts={acts} />}
        <Pager nextHref={nextHref} />
      </section>
      <CopiedMatters {...props} />
      <Panel title={t('cards.copy.views')}>
        {views.length === 0 ? <p>{t('cards.copy.noViews')}</p> : <ViewList views={views} />}
      </Panel>
      <Panel title={t('cards.copy.leftOut')}>
        <ul class="plain-list">
          <li>{t('cards.copy.leftOut.token')}</li>
          <li>{t('cards.copy.leftOut.pin')}</li>
          <li>{t('cards.copy.leftOut.others')}</li>
        </ul>
        <p>{t('cards.copy.rights')}</p>
      </Panel>
    </Layout>
  );
}

function HouseholdFacts({ household, members, accounts, number }: CopyPageProps) {
  const { t } = usePage();
  return (
    <Panel title={t('cards.copy.household')}>
      {household.isErased && <p>{t('cards.copy.erased')}</p>}
      <Facts
        facts={[
          { label: t('cards.copy.head'), value: household.headName },
          { label: t('cards.copy.keys'), value: `${household.pinyin} ${household.initials}` },
          { label: t('cards.one.group'), value: household.groupName },
          { label: t('cards.one.members'), value: t('cards.list.people', { count: household.memberCount }) },
          ...namedFacts(t, members),
          { label: t('cards.one.phone'), value: household.phone ?? '–' },
          { label: t('cards.one.number'), value: number },
          {
            label: t('cards.copy.pin'),
            value: household.pinSetAt ? (
              <>
                {t('cards.copy.pinSet')}
                <Moment at={household.pinSetAt} />
              </>
            ) : (
              t('cards.copy.pinNone')
            ),
          },
          { label: t('cards.copy.registered'), value: <Moment at={household.registeredAt} /> },
        ]}
      />
      {household.vacatedOn !== null && <p>{t('cards.change.vacated', { day: household.vacatedOn })}</p>}
      {accounts.map(({ kind, pseudonym, status, balanceCentipoints }) => (
        <Facts
          key={pseudonym}
          class="log-facts"
          facts={[
            { label: t('cards.one.status'), value: <CardStatus status={status} /> },
            {
              label: t(`cards.copy.account.${kind}`),
              value: t('shared.pointsOf', { points: formatPoints(balanceCentipoints) }),
            },
            {
              label: t('cards.copy.pseudonym'),
              value: (
                <>
                  <code>{pseudonym}</code> <span class="soft small">{t('cards.copy.pseudonymHint')}</span>
                </>
              ),
            },
          ]}
        />
      ))}
    </Panel>
  );
}

function Cards({ cards }: Pick<CopyPageProps, 'cards'>) {
  const { t } = usePage();
  const columns: Column<CopiedCard>[] = [
    { label: t('cards.one.number'), cell: ({ number }) => number, rowHeader: true },
    { label: t('cards.copy.issued'), cell: ({ issuedAt }) => <Moment at={issuedAt} /> },
    {
      label: t('cards.copy.until'),
      cell: ({ endedAt, recalledAt }) => {
        const at = endedAt ?? recalledAt;
        if (at === null) return t('cards.copy.inUse');
        return (
          <>
            {t(endedAt === null ? 'cards.copy.recalled' : 'cards.copy.ended')}
            <Moment at={at} />
          </>
        );
      },
    },
  ];
  return <DataTable caption={t('cards.copy.cards')} columns={columns} rows={cards} rowKey={({ number }) => number} />;
}

function Acts({ acts }: Pick<CopyPageProps, 'acts'>) {
  const { t } = usePage();
  const columns: Column<CopiedAct>[] = [
    {
      label: t('cards.statement.record'),
      cell: ({ seq }) => <span class="whole">{t('cards.mine.actNumber', { seq })}</span>,
      rowHeader: true,
    },
    { label: t('cards.statement.what'), cell: (act) => <What act={act} /> },
    { label: t('cards.statement.occurred'), cell: ({ occurredOn }) => <DayText day={occurredOn} short /> },
    {
      label: t('cards.statement.recorded'),
      cell: ({ recordedAt, recordedBy }) => (
        <>
          <Moment at={recordedAt} />
          <span class="statement-by">{t('cards.statement.by', { name: recordedBy })}</span>
        </>
      ),
    },
    {
      label: t('cards.statement.change'),
      cell: ({ amountCentipoints }) =>
        amountCentipoints === null ? t('cards.copy.unmoved') : <SignedPoints centipoints={amountCentipoints} />,
      numeric: true,
    },
    {
      label: t('cards.statement.after'),
      cell: ({ balanceAfterCentipoints }) =>
        balanceAfterCentipoints === null ? '–' : formatPoints(balanceAfterCentipoints),
      numeric: true,
    },
  ];
  return (
    <DataTable caption={t('cards.copy.acts')} captionHidden columns={columns} rows={acts} rowKey={({ seq }) => seq} />
  );
}

/** What happened, and everything that was written beside it. */
function What({ act }: { act: CopiedAct }) {
  const { t } = usePage();
  const { ruleVersion, goods, openings, reversedBySeq } = act;
  return (
    <div class="statement-what">
      <p>{whatHappened(t, act)}</p>
      {ruleVersion !== null && <p class="soft small">{t('cards.statement.rule', { version: ruleVersion })}</p>}
      {goods.map(({ name, quantity, unit, priceCentipoints }) => (
        <p key={name} class="soft small">
          {t('cards.statement.goods', { name, quantity, unit, points: formatPoints(priceCentipoints) })}
        </p>
      ))}
      {openings.length > 0 && (
        <p class="soft small">
          {openings
            .map(([, name, value]) => t('cards.copy.said', { name: fieldName(t, name), value }))
            .join(t('cards.copy.saidJoin'))}
        </p>
      )}
      {reversedBySeq !== null && <p class="small">{t('cards.statement.undone', { seq: reversedBySeq })}</p>}
    </div>
  );
}

const CHANGES = [
  'freezing',
  'unfreezing',
  'recall',
  'replacement',
  'split',
  'merger',
  'departure',
  'settlement',
  'naming',
  'arrival',
  'correction',
] as const;

/** What tells of a household without its points, by the first part of the act's type. */
const BESIDE = {
  activity: 'activity',
  claim: 'claim',
  honor: 'honour',
  inspection: 'visit',
  kin: 'claim',
  objection: 'claim',
  problem: 'problem',
  sample: 'problem',
  wish: 'wish',
} as const;

function isBeside(area: string): area is keyof typeof BESIDE {
  return area in BESIDE;
}

function whatHappened(t: Translate, act: CopiedAct): string {
  if (act.type === 'erasure') return t('cards.copy.erasure');
  if (act.subject === 'points.redeem' && act.reversesSeq === null) {
    const what = t('cards.statement.redeem');
    if (act.proxyRelation === null) return what;
    return t('cards.entry.fetched', { what, relation: t(`exchange.presence.proxy.${act.proxyRelation}`) });
  }
  const change = act.amountCentipoints === null ? CHANGES.find((kind) => kind === act.kind) : undefined;
  if (change) return t(`cards.change.${change}`);
  const [area = ''] = act.type.split('.');
  if (act.amountCentipoints === null && act.ruleName === null && isBeside(area)) {
    return t(`journal.kind.${BESIDE[area]}`);
  }
  return passbookWords(t, { ...act, amountCentipoints: act.amountCentipoints ?? 0, note: null });
}

const FIELDS = [
  'card',
  'household',
  'note',
  'reason',
  'formerCard',
  'members',
  'member',
  'names',
  'newHead',
  'proxy',
  'confirmedBy',
  'what',
  'assessors',
  'candidates',
  'words',
  'contact',
] as const;

function fieldName(t: Translate, name: string): string {
  const field = FIELDS.find((known) => known === name);
  return field ? t(`cards.copy.field.${field}`) : name;
}
