import { formatPoints } from '../../src/platform/points.ts';
import type { HouseholdCopy } from '../../src/privacy/index.ts';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';

/** What is held beside the passbook, each kind in its own list; a kind of which there is nothing says so. */
export function CopiedMatters({
  claims,
  wishes,
  visits,
  problems,
  activities,
  proxies,
  kin,
  photos,
}: Pick<HouseholdCopy, 'claims' | 'wishes' | 'visits' | 'problems' | 'activities' | 'proxies' | 'kin' | 'photos'>) {
  const { t } = usePage();
  return (
    <>
      <Lines title={t('cards.copy.claims')} lines={claims.map((claim) => claimLines(t, claim))} />
      <Lines title={t('cards.copy.wishes')} lines={wishes.map((wish) => wishLines(t, wish))} />
      <Lines title={t('cards.copy.visits')} lines={visits ? [visitLines(t, visits)] : []} />
      <Lines
        title={t('cards.copy.problems')}
        lines={problems.map(({ n, foundOn, what, state, steps }) => [
          t('cards.copy.problem', { n, day: foundOn, what, state: t(`problems.state.${state}`) }),
          ...steps
            .slice(1)
            .flatMap(({ day, by, note }) => (note === '' ? [] : [t('cards.copy.problemStep', { day, by, note })])),
        ])}
      />
      <Lines title={t('cards.copy.activities')} lines={activities.map((activity) => activityLines(t, activity))} />
      <Lines
        title={t('cards.copy.proxies')}
        lines={proxies.map(({ occurredOn, relation, name, confirmedBy }) => [
          t('cards.copy.proxy', {
            day: occurredOn,
            relation: t(`exchange.presence.proxy.${relation}`),
            name: name ?? '–',
            confirmed: confirmedBy ?? '–',
          }),
        ])}
      />
      <Lines
        title={t('cards.copy.kin')}
        lines={kin.map(({ person, relation }) => [
          t(relation === 'own' ? 'cards.copy.kinOwn' : 'cards.copy.kinRelative', { name: person }),
        ])}
      />
      <Lines
        title={t('cards.copy.photos')}
        lines={photos.map(({ publicId, purpose }) => [
          t('cards.copy.photo', { purpose: t(`cards.copy.purpose.${purposeName(purpose)}`), id: publicId }),
        ])}
      />
    </>
  );
}

function Lines({ title, lines }: { title: string; lines: string[][] }) {
  const { t } = usePage();
  return (
    <Panel title={title}>
      {lines.length === 0 && <p>{t('cards.copy.none')}</p>}
      <ul class="plain-list">
        {lines.map(([first, ...more]) => (
          <li key={first}>
            {first}
            {more.map((line) => (
              <p key={line} class="soft small">
                {line}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

type T = ReturnType<typeof usePage>['t'];

function claimLines(t: T, claim: HouseholdCopy['claims'][number]): string[] {
  const { occurredOn, ruleName, amountCentipoints, state, objections } = claim;
  return [
    t('cards.copy.claim', {
      day: occurredOn,
      rule: ruleName,
      points: formatPoints(amountCentipoints),
      state: t(`claims.state.${state}`),
    }),
    ...objections.flatMap(({ filedOn, reason, answer, witness }) => [
      t('cards.copy.objection', { day: filedOn, reason: reason ?? '–' }),
      answer === null
        ? t('cards.copy.objectionOpen')
        : t('cards.copy.objectionAnswer', { answer, witness: witness ?? '–' }),
    ]),
  ];
}

function wishLines(t: T, wish: HouseholdCopy['wishes'][number]): string[] {
  const { filedOn, kind, words, now, contact, wallWords, thanks, reason } = wish;
  return [
    t('cards.copy.wish', {
      day: filedOn,
      kind: t(`wishes.kind.${kind}`),
      words: words === '' ? '–' : words,
      state: t(`wishes.state.${now}`),
    }),
    ...(contact ? [t('cards.copy.wishContact', { contact })] : []),
    ...(wallWords ? [t('cards.copy.wishWall', { words: wallWords })] : []),
    ...(thanks ? [t('cards.copy.wishThanks', { words: thanks })] : []),
    ...(reason ? [t('cards.copy.wishReason', { reason })] : []),
  ];
}

function visitLines(t: T, { plan, results, state }: NonNullable<HouseholdCopy['visits']>): string[] {
  return [
    t('cards.copy.visitPlan', {
      day: plan.plannedOn,
      people: plan.assessors.join(t('shared.comma')),
      due: plan.due,
      state: t(`inspections.state.${state}`),
    }),
    ...results.map(({ day, total, passed }) =>
      t('cards.copy.visitResult', {
        day,
        total,
        outcome: t(passed ? 'cards.copy.visitPassed' : 'cards.copy.visitFailed'),
      }),
    ),
  ];
}

function activityLines(t: T, activity: HouseholdCopy['activities'][number]): string[] {
  const { occurredOn, kind, name, place, members, award } = activity;
  return [
    t('cards.copy.activity', { day: occurredOn, kind: t(`activities.kind.${kind}`), name, place }),
    ...(members === '' ? [] : [t('cards.copy.activityMembers', { members })]),
    ...(award ? [t('cards.copy.activityAward', { points: formatPoints(award.centipoints), seq: award.seq })] : []),
  ];
}

const PURPOSES = ['evidence', 'exchange', 'inspection', 'wish', 'echo', 'voice'] as const;

function purposeName(purpose: string): (typeof PURPOSES)[number] | 'other' {
  return PURPOSES.find((known) => known === purpose) ?? 'other';
}
