import type { Nomination, Round } from '../../src/honours/index.ts';
import { ERASED_NAME } from '../../src/platform/i18n/erased-name.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText, formatDay } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { type Fact, Facts } from '../shared/facts.tsx';
import { type HouseholdCandidate, HouseholdField } from '../shared/household-field.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { TextField } from '../shared/text-field.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { honourName } from './honour-name.ts';
import { RoundStateTag } from './round-state.tsx';

/** What can be done with a round, each with an address of its own. */
export type RoundStep = 'nominate' | 'decide' | 'abandon' | 'withdraw';

export type RoundForm = Readonly<Record<'card' | 'member' | 'reason' | 'meeting' | 'honour', string>> & {
  chosen: readonly string[];
};

export type RoundPageProps = {
  round: Round;
  /** By which the honoured households get their points; null when the village has it no more. */
  rule: { name: string; pointsCentipoints: number } | null;
  isOfPerson: boolean;
  /** What the reader may do at all. */
  steps: readonly RoundStep[];
  idempotencyKey: string;
  /** A step that was not taken: what was typed, and why. */
  answer?:
    | {
        step: RoundStep;
        form: RoundForm;
        errors?: FieldErrors;
        refusal?: { refused: string };
        candidates?: readonly HouseholdCandidate[];
      }
    | undefined;
  done?: 'opened' | 'nominated' | 'decided' | 'abandoned' | 'withdrawn' | undefined;
};

/** One round: who is nominated and why, the result, and what is next. For those who work in the village. */
export function RoundPage(props: RoundPageProps) {
  const { round, steps, answer, done } = props;
  const { t, locale, today } = usePage();
  const href = useVillageHref();
  const isOpen = round.state === 'open';
  const isDue = round.closes <= today;
  const open = isOpen ? steps.filter((step) => step !== 'withdraw') : [];
  return (
    <Layout
      title={t('honours.round', { n: round.n, honour: honourName(round.kind, t) })}
      crumbs={[{ href: href('/honours'), label: t('honours.crumb') }]}
      errors={answer?.errors ?? []}
      notice={
        answer?.refusal ? (
          <Notice kind="refusal" focused>
            {refusalText(locale, answer.refusal)}
          </Notice>
        ) : (
          done && (
            <Notice kind="success" focused>
              {t(`honours.done.${done}`)}
            </Notice>
          )
        )
      }
    >
      <Panel>
        <Facts facts={factsOf(props)} />
      </Panel>
      <Nominations round={round} />
      {open.includes('nominate') && round.closes >= today && <Nominate {...props} />}
      {open.includes('decide') && !isDue && (
        <Notice kind="info">
          {t('honours.waitFor', { day: formatDay(round.closes, locale, { today, short: true }) })}
        </Notice>
      )}
      {open.includes('decide') && isDue && round.nominations.length > 0 && <Decide {...props} />}
      {open.includes('abandon') && <Abandon {...props} />}
      {steps.includes('withdraw') &&
        round.nominations
          .filter(({ honour }) => honour && !honour.withdrawn)
          .map((nomination) => <Withdraw key={nomination.seq} {...props} nomination={nomination} />)}
    </Layout>
  );
}

function factsOf({ round, rule }: RoundPageProps): Fact[] {
  const { t } = usePage();
  const href = useVillageHref();
  const { result, seq } = round;
  const facts: Fact[] = [
    { label: t('honours.state'), value: <RoundStateTag round={round} /> },
    { label: t('honours.openedOn'), value: <DayText day={round.openedOn} /> },
    { label: t('honours.closesOn'), value: <DayText day={round.closes} /> },
    {
      label: t('honours.rule'),
      value: rule
        ? t('honours.rulePoints', { name: rule.name, points: formatPoints(rule.pointsCentipoints) })
        : round.rule,
    },
  ];
  if (result) {
    facts.push(
      { label: t('honours.meeting'), value: result.words || t('honours.erased') },
      { label: t('honours.decidedBy'), value: result.by },
    );
  }
  const act = result?.seq ?? seq;
  facts.push({
    label: t('honours.record'),
    value: <a href={href(`/acts/${act}`)}>{t('honours.onRecord', { seq: act })}</a>,
  });
  return facts;
}

function Nominations({ round }: { round: Round }) {
  const { t } = usePage();
  const href = useVillageHref();
  const columns: Column<Nomination>[] = [
    {
      label: t('honours.household'),
      cell: ({ household }) =>
        household ? <a href={href(`/cards/${household.card}`)}>{household.name}</a> : t('honours.erased'),
      rowHeader: true,
    },
    { label: t('honours.group'), cell: ({ household }) => household?.groupName },
    { label: t('honours.member'), cell: ({ member }) => member, ifAny: true },
    { label: t('honours.reason'), cell: ({ reason }) => reason || t('honours.erased') },
    { label: t('honours.by'), cell: ({ by }) => by },
    {
      label: t('honours.outcome'),
      cell: ({ honour }) => t(`honours.outcome.${outcomeOf(honour, round)}`),
    },
  ];
  return (
    <DataTable
      caption={t('honours.nominations')}
      columns={columns}
      rows={round.nominations}
      rowKey={({ seq }) => seq}
      empty={<EmptyState title={t('honours.noNominations')}>{t('honours.noNominationsHint')}</EmptyState>}
    />
  );
}

function outcomeOf(honour: Nomination['honour'], { state }: Round) {
  if (honour) return honour.withdrawn ? 'withdrawn' : 'chosen';
  return state === 'open' ? 'waiting' : 'passedOver';
}

/** What was typed in this step, with a key of its own: no two steps of one page are the same request. */
function useStep(step: RoundStep, { idempotencyKey, answer }: RoundPageProps) {
  const own = answer?.step === step ? answer : undefined;
  return {
    form: own?.form,
    candidates: own?.candidates,
    key: own ? idempotencyKey : `${idempotencyKey}-${step}`,
    errorOf: (name: string) => own?.errors?.find((error) => error.name === name)?.message,
  };
}

function Nominate(props: RoundPageProps) {
  const { t, today } = usePage();
  const href = useVillageHref();
  const { form, candidates, key, errorOf } = useStep('nominate', props);
  // Once the result can be recorded, that is what is next.
  const isNext = props.round.closes > today || !props.steps.includes('decide');
  return (
    <Panel title={t('honours.nominate')}>
      <PostForm action={href(`/honours/rounds/${props.round.n}/nominations`)} idempotencyKey={key}>
        <HouseholdField
          name="card"
          label={t('honours.card')}
          value={form?.card}
          candidates={candidates}
          error={errorOf('card')}
        />
        <TextField
          name="member"
          label={t('honours.member')}
          hint={t(props.isOfPerson ? 'honours.memberHint' : 'honours.memberOptionalHint')}
          size="short"
          maxLength={20}
          value={form?.member}
          error={errorOf('member')}
          optional={!props.isOfPerson}
        />
        <TextAreaField
          name="reason"
          label={t('honours.reason')}
          hint={t('honours.reasonHint')}
          rows={2}
          maxLength={200}
          value={form?.reason}
          error={errorOf('reason')}
        />
        <SubmitButton look={isNext ? 'primary' : 'secondary'}>{t('honours.submitNomination')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}

function Decide(props: RoundPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { form, key, errorOf } = useStep('decide', props);
  const { round } = props;
  return (
    <Panel title={t('honours.decide')}>
      <p class="soft">{t('honours.decideHint')}</p>
      <PostForm action={href(`/honours/rounds/${round.n}/result`)} idempotencyKey={key}>
        <ChoiceGroup
          kind="checkbox"
          name="chosen"
          label={t('honours.who')}
          columns="sentences"
          chosen={form?.chosen ?? []}
          error={errorOf('chosen')}
          choices={round.nominations.map(({ seq, household, member, by }) => ({
            value: String(seq),
            label: t(member === '' ? 'honours.ofHousehold' : 'honours.memberOf', {
              name: household?.name ?? ERASED_NAME,
              member,
            }),
            hint: [household?.groupName, `${t('honours.by')} ${by}`].join(' '),
          }))}
        />
        <TextAreaField
          name="meeting"
          label={t('honours.meeting')}
          hint={t('honours.meetingHint')}
          rows={2}
          maxLength={200}
          value={form?.meeting}
          error={errorOf('meeting')}
        />
        <SubmitButton icon="check">{t('honours.submitDecision')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}

function Abandon(props: RoundPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { form, key, errorOf } = useStep('abandon', props);
  return (
    <Panel title={t('honours.abandon')}>
      <PostForm action={href(`/honours/rounds/${props.round.n}/end`)} idempotencyKey={key}>
        <TextAreaField
          name="reason"
          id="abandonReason"
          label={t('honours.reason')}
          hint={t('honours.reasonHint')}
          rows={2}
          maxLength={200}
          value={form?.reason}
          error={errorOf('abandonReason')}
        />
        <SubmitButton look="secondary">{t('honours.submitAbandon')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}

function Withdraw({ nomination, ...props }: RoundPageProps & { nomination: Nomination }) {
  const { t } = usePage();
  const href = useVillageHref();
  const { form, key, errorOf } = useStep('withdraw', props);
  const seq = String(nomination.honour?.seq ?? '');
  const isOwn = form?.honour === seq;
  const field = `withdrawReason${seq}`;
  return (
    <Panel title={t('honours.withdraw', { name: nomination.household?.name ?? ERASED_NAME })}>
      <p class="soft">{t('honours.withdrawHint')}</p>
      <PostForm
        action={href(`/honours/rounds/${props.round.n}/withdrawals`)}
        idempotencyKey={isOwn ? key : `${props.idempotencyKey}-${seq}`}
        hidden={{ honour: seq }}
      >
        <TextAreaField
          name="reason"
          id={field}
          label={t('honours.reason')}
          hint={t('honours.reasonHint')}
          rows={2}
          maxLength={200}
          value={isOwn ? form?.reason : undefined}
          error={errorOf(field)}
        />
        <SubmitButton look="danger">{t('honours.submitWithdraw')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}
