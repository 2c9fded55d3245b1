import type { ComponentChildren } from 'preact';
import type { ChangeField, ChangeValues } from '../../src/cards/change-form.ts';
import type { HouseholdChangeKind } from '../../src/cards/household-change.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Facts } from '../shared/facts.tsx';
import { HouseholdField } from '../shared/household-field.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { type CardState, CardStatus } from './card-status.tsx';
import { namedFacts } from './named-facts.ts';

export type ChangePageProps = {
  kind: HouseholdChangeKind;
  idempotencyKey: string;
  household: {
    number: string;
    headName: string;
    groupName: string;
    memberCount: number;
    status: CardState;
    balanceCentipoints: number;
  };
  values: ChangeValues;
  /** Who is named so far. */
  members: readonly { memberId: number; name: string }[];
  /** For a split. */
  groups: readonly { groupId: number; name: string }[];
  /** Households that fit what was typed for a merger, where it is more than one. */
  candidates?: readonly { number: string; headName: string; groupName: string }[] | undefined;
  vacancyMonths: number;
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** One change of a card or household: what it does in a sentence, the few fields it needs, and why. */
export function ChangePage(props: ChangePageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { kind, household, errors, values } = props;
  const { number, headName: name } = household;
  const errorOf = (field: ChangeField) => errors.find((error) => error.name === field)?.message;
  return (
    <Layout
      title={t(`cards.change.title.${kind}`, { name })}
      lead={leadOf(props, t)}
      width="narrow"
      crumbs={[
        { href: href('/cards'), label: t('cards.list.title') },
        { href: href(`/cards/${number}`), label: t('cards.mine.household', { name }) },
      ]}
      errors={errors}
      notice={props.notice}
    >
      <Panel>
        <Facts
          facts={[
            { label: t('cards.one.number'), value: number },
            { label: t('cards.one.status'), value: <CardStatus status={household.status} /> },
            { label: t('cards.one.members'), value: t('cards.list.people', { count: household.memberCount }) },
            ...namedFacts(t, props.members),
            { label: t('cards.mine.usable'), value: <Points centipoints={household.balanceCentipoints} /> },
          ]}
        />
      </Panel>
      <Panel>
        <PostForm action={href(`/cards/${number}/changes/${kind}`)} idempotencyKey={props.idempotencyKey}>
          <Fields {...props} errorOf={errorOf} />
          <TextField
            name="reason"
            label={t('cards.change.reason')}
            hint={t('cards.change.reasonHint')}
            optional={kind === 'naming'}
            maxLength={100}
            value={values.reason}
            error={errorOf('reason')}
          />
          <div class="button-row">
            <Submit kind={kind} />
          </div>
        </PostForm>
      </Panel>
    </Layout>
  );
}

function leadOf({ kind, vacancyMonths: months }: ChangePageProps, t: ReturnType<typeof usePage>['t']): string {
  return kind === 'departure' || kind === 'settlement'
    ? t(`cards.change.lead.${kind}`, { months })
    : t(`cards.change.lead.${kind}`);
}

function Submit({ kind }: { kind: HouseholdChangeKind }) {
  const { t } = usePage();
  switch (kind) {
    case 'freezing':
    case 'recall':
      return <SubmitButton look="danger">{t(`cards.change.submit.${kind}`)}</SubmitButton>;
    case 'unfreezing':
    case 'replacement':
    case 'naming':
    case 'arrival':
    case 'correction':
      return <SubmitButton icon="check">{t(`cards.change.submit.${kind}`)}</SubmitButton>;
    case 'split':
    case 'merger':
    case 'departure':
    case 'settlement':
      return (
        <>
          <SubmitButton icon="arrow">{t('cards.change.next')}</SubmitButton>
          <span class="soft">{t('cards.change.nextHint')}</span>
        </>
      );
  }
}

type FieldsProps = ChangePageProps & { errorOf: (field: ChangeField) => string | undefined };

function Fields(props: FieldsProps) {
  switch (props.kind) {
    case 'split':
      return <SplitFields {...props} />;
    case 'merger':
      return <MergerFields {...props} />;
    case 'departure':
      return <DepartureFields {...props} />;
    case 'naming':
    case 'arrival':
      return <NamesField {...props} />;
    case 'correction':
      return <CorrectionFields {...props} />;
    case 'freezing':
    case 'unfreezing':
    case 'recall':
    case 'replacement':
    case 'settlement':
      return null;
  }
}

function SplitFields(props: FieldsProps) {
  const { household, groups, values, errorOf } = props;
  const { t } = usePage();
  return (
    <>
      <TextField
        name="headName"
        label={t('cards.change.newHeadName')}
        maxLength={20}
        value={values.headName}
        error={errorOf('headName')}
      />
      <SelectField
        name="group"
        label={t('cards.change.newGroup')}
        prompt={t('cards.new.chooseGroup')}
        value={values.group}
        options={groups.map(({ groupId, name }) => ({ value: String(groupId), label: name }))}
        error={errorOf('group')}
      />
      <TextField
        name="memberCount"
        label={t('cards.change.newMembers')}
        inputMode="numeric"
        size="short"
        maxLength={2}
        unit={t('cards.new.membersUnit')}
        value={values.memberCount}
        error={errorOf('memberCount')}
      />
      <WhoGoes {...props} />
      <TextField
        name="points"
        label={t('cards.change.points')}
        hint={t('cards.change.pointsHint', { points: formatPoints(household.balanceCentipoints) })}
        inputMode="decimal"
        size="short"
        maxLength={12}
        unit={t('cards.change.pointsUnit')}
        value={values.points}
        error={errorOf('points')}
      />
      <TextField
        name="phone"
        label={t('cards.change.newPhone')}
        type="tel"
        inputMode="tel"
        optional
        maxLength={20}
        value={values.phone}
        error={errorOf('phone')}
      />
    </>
  );
}

function MergerFields({ candidates, values, errorOf }: FieldsProps) {
  const { t } = usePage();
  return (
    <HouseholdField
      name="into"
      label={t('cards.change.into')}
      value={values.into}
      candidates={candidates}
      error={errorOf('into')}
    />
  );
}

function NamesField({ kind, household, members, values, errorOf }: FieldsProps) {
  const { t } = usePage();
  // The head is usually the first one to be named.
  const head = kind === 'naming' && members.length === 0 ? `${household.headName}\n` : '';
  return (
    <TextAreaField
      name="names"
      label={t('cards.change.names')}
      hint={t('cards.change.namesHint', { count: household.memberCount - members.length })}
      rows={5}
      maxLength={2_000}
      value={values.names ?? head}
      error={errorOf('names')}
    />
  );
}

function CorrectionFields({ members, values, errorOf }: FieldsProps) {
  const { t } = usePage();
  return (
    <>
      <ChoiceGroup
        kind="radio"
        name="member"
        label={t('cards.change.member')}
        columns="names"
        chosen={values.member === undefined ? [] : [values.member]}
        choices={members.map(({ memberId, name }) => ({ value: String(memberId), label: name }))}
        error={errorOf('member')}
      />
      <TextField
        name="newName"
        label={t('cards.change.newName')}
        maxLength={20}
        value={values.newName}
        error={errorOf('newName')}
      />
    </>
  );
}

/** Who goes, of those who are named. */
function WhoGoes({ members, values, errorOf }: FieldsProps) {
  const { t } = usePage();
  if (members.length === 0) return null;
  return (
    <ChoiceGroup
      kind="checkbox"
      name="members"
      label={t('cards.change.who')}
      hint={t('cards.change.whoHint')}
      columns="names"
      optional
      chosen={values.members?.split(',') ?? []}
      choices={members.map(({ memberId, name }) => ({ value: String(memberId), label: name }))}
      error={errorOf('members')}
    />
  );
}

function DepartureFields(props: FieldsProps) {
  const { household, values, errorOf } = props;
  const { t } = usePage();
  return (
    <>
      <TextField
        name="leaving"
        label={t('cards.change.leaving')}
        hint={t('cards.change.leavingHint', { count: household.memberCount })}
        inputMode="numeric"
        size="short"
        maxLength={2}
        unit={t('cards.new.membersUnit')}
        value={values.leaving}
        error={errorOf('leaving')}
      />
      <WhoGoes {...props} />
      <TextField
        name="newHead"
        label={t('cards.change.newHead')}
        hint={t('cards.change.newHeadHint')}
        optional
        maxLength={20}
        value={values.newHead}
        error={errorOf('newHead')}
      />
    </>
  );
}
