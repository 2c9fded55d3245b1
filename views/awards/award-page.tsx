import type { ComponentChildren } from 'preact';
import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { formatDay } from '../shared/day-text.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PhotoField } from '../shared/photo-field.tsx';
import { SignedPoints } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { AWARD_FORM, AwardBar, AwardChips, type AwardLiveProps, Step } from './award-bar.tsx';
import type { DecisionsProps } from './decisions.tsx';
import { HouseholdCode } from './household-code.tsx';
import { RuleChoices, type RuleChoicesProps, RuleSearch } from './rule-choices.tsx';

type HouseholdChoice = {
  number: string;
  headName: string;
  hint?: ComponentChildren;
  /** Initials, how much there has been on its card, and the place of its group. */
  keys: string;
};

export type AwardPageProps = {
  rules: Omit<RuleChoicesProps, 'error'>;
  groups: readonly { groupId: number; name: string; households: readonly HouseholdChoice[] }[];
  /** Whoever was given points together lately. */
  lists: readonly { operationId: string; name: string; occurredOn: string; households: number }[];
  values: {
    groups: readonly string[];
    cards: readonly string[];
    /** Whom of the households it is about, as card and person. */
    members: readonly string[];
    names: string;
    occurredOn: string;
    times: string;
    note: string;
  };
  /** The key of what the form becomes: Back and a second press are the same award. */
  draftKey: string;
  /** Public ids of photos that came with the last answer. */
  keptIds: readonly string[];
  errors: FieldErrors;
  notice?: ComponentChildren;
  /** Without a script, after one was typed or scanned: what it did not say clearly, and what the press would do by now. */
  collected?: { asked: DecisionsProps['open']; live: AwardLiveProps } | undefined;
  /** The cursor stands where the next household is typed or scanned. */
  isWhoNext: boolean;
  /** Begun from a keyboard: the cursor stands in the first field. On a phone it would push the page's head out of sight. */
  isByKeyboard: boolean;
};

const NOTHING_YET: AwardLiveProps = { chips: [], open: [], excluded: [], flagged: 0 };

/** 加分 and 扣分: by which rule, for whom, on which day; the next page shows every balance before anything counts. */
export function AwardPage(props: AwardPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { values, errors, rules } = props;
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  const isBlank = isNothingChosen(props);
  const isNobodyThere = props.groups.every(({ households }) => households.length === 0);
  return (
    <Layout
      title={t('awards.new.title')}
      lead={t('awards.new.lead')}
      errors={errors}
      notice={
        <>
          {props.notice}
          {isNobodyThere && (
            <Notice kind="warning">
              {t('awards.new.nobody')}{' '}
              <a class="whole" href={href('/cards')}>
                {t('awards.new.nobodyLink')}
              </a>
            </Notice>
          )}
          {isBlank && <LeftDraft />}
        </>
      }
      scripts={['award']}
      firstScript={isBlank ? 'awardLeft' : undefined}
      actions={
        <LinkButton href={href('/awards')} icon="list">
          {t('awards.new.list')}
        </LinkButton>
      }
    >
      <PostForm
        action={href('/award-previews')}
        class="steps"
        id={AWARD_FORM}
        hidden={{ draftKey: props.draftKey }}
        enctype="multipart/form-data"
      >
        <Panel title={t('awards.new.stepRule')}>
          <RuleSearch query={rules.query} isFirst={props.isByKeyboard && isBlank && !isNobodyThere && !props.notice} />
          <RuleChoices {...rules} error={errorOf('rule')} />
        </Panel>
        <Who {...props} />
        <Panel title={t('awards.new.stepWhen')}>
          <TextField
            name="occurredOn"
            label={t('awards.new.day')}
            type="date"
            size="short"
            value={values.occurredOn}
            error={errorOf('occurredOn')}
          />
          <TextField
            name="times"
            label={t('awards.new.times')}
            hint={t('awards.new.timesHint')}
            inputMode="numeric"
            size="short"
            maxLength={4}
            optional
            value={values.times}
            error={errorOf('times')}
          />
          <TextField
            name="note"
            label={t('awards.new.note')}
            hint={t('awards.new.noteHint')}
            optional
            maxLength={100}
            value={values.note}
            error={errorOf('note')}
          />
          <PhotoField label={t('awards.new.photos')} keptIds={props.keptIds} />
          <NextByRule rules={rules.recent} />
        </Panel>
        {/* Below all that is pressed and read, so that nothing moves when the answer comes. */}
        <AwardChips {...NOTHING_YET} />
      </PostForm>
      <AwardBar {...(props.collected?.live ?? NOTHING_YET)} />
    </Layout>
  );
}

function isNothingChosen({ rules, keptIds, values: { groups, cards, names, note } }: AwardPageProps): boolean {
  const isChosen = rules.chosen !== undefined || groups.length + cards.length + keptIds.length > 0;
  return !isChosen && names === '' && note === '';
}

/** Shown where a script that runs before the page is drawn found that this browser still has what was not recorded. */
function LeftDraft() {
  const { t } = usePage();
  return (
    <div class="left-draft">
      <Notice kind="info" title={t('awards.draft.title')}>
        <span class="button-row">
          <button class="button button-secondary" type="button" data-draft="restore">
            {t('awards.draft.restore')}
          </button>
          <button class="button button-quiet" type="button" data-draft="drop">
            {t('awards.draft.drop')}
          </button>
        </span>
      </Notice>
    </div>
  );
}

/** Without a script a rule that was used lately is the way to the next page, too: one press instead of two. */
function NextByRule({ rules }: { rules: RuleChoicesProps['recent'] }) {
  const { t } = usePage();
  if (rules.length === 0) return null;
  return (
    <noscript>
      <div class="flow">
        <p class="field-label">{t('awards.new.nextByRule')}</p>
        <ButtonRow>
          {rules.map(({ code, name, pointsCentipoints }) => (
            <SubmitButton key={code} look="secondary" icon="arrow" name="nextRule" value={code}>
              {name} <SignedPoints centipoints={pointsCentipoints} />
            </SubmitButton>
          ))}
        </ButtonRow>
      </div>
    </noscript>
  );
}

function Who({ groups, lists, values, errors, collected, isWhoNext }: AwardPageProps) {
  const { t, locale } = usePage();
  const error = errors.find(({ name }) => name === 'groups')?.message;
  const isChosen = ({ number }: HouseholdChoice) => values.cards.includes(number);
  const steps = stepsOf(collected?.live.chips ?? []);
  const chosen = groups.flatMap(({ households }) => households.filter(isChosen));
  return (
    <Panel title={t('awards.new.stepWho')}>
      <HouseholdCode asked={collected?.asked ?? []} isNext={isWhoNext} />
      {values.members.length > 0 && <input type="hidden" name="members" value={values.members.join(',')} />}
      {chosen.length > 0 && (
        <Ticks
          id="cards-chosen"
          label={t('awards.new.chosen', { count: chosen.length })}
          households={chosen.map((household) => ({
            ...household,
            hint: steps.get(household.number) ?? household.hint,
          }))}
          isTicked
        />
      )}
      <ChoiceGroup
        kind="checkbox"
        name="groups"
        label={t('awards.new.wholeGroup')}
        columns="sentences"
        optional
        error={error}
        chosen={values.groups}
        choices={groups.map(({ groupId, name, households }) => ({
          value: String(groupId),
          label: name,
          hint: t('awards.new.groupCount', { count: households.length }),
        }))}
      />
      {lists.length > 0 && (
        <ChoiceGroup
          kind="checkbox"
          name="lists"
          label={t('awards.new.lists')}
          columns="sentences"
          optional
          choices={lists.map(({ operationId, name, occurredOn, households }) => ({
            value: operationId,
            label: name,
            hint: t('awards.new.listHint', {
              day: formatDay(occurredOn, locale, { today: values.occurredOn, short: true }),
              count: households,
            }),
          }))}
        />
      )}
      <details class="more" open data-folds>
        <summary>{t('awards.new.tick')}</summary>
        <div class="more-body flow">
          {groups.map(({ groupId, name, households }) => (
            <Ticks
              key={groupId}
              id={`cards-${groupId}`}
              label={name}
              households={households.filter((household) => !isChosen(household))}
            />
          ))}
        </div>
      </details>
      <details class="more" open data-folds={values.names === '' ? '' : undefined}>
        <summary>{t('awards.new.paste')}</summary>
        <div class="more-body">
          <TextAreaField
            name="names"
            label={t('awards.new.paste')}
            hint={t('awards.new.pasteHint')}
            optional
            rows={8}
            value={values.names}
          />
        </div>
      </details>
    </Panel>
  );
}

/** By household: from what it had before the first of its lines to what it has after the last. */
function stepsOf(chips: AwardLiveProps['chips']): Map<string, ComponentChildren> {
  const whole = new Map<string, AwardLiveProps['chips'][number]>();
  for (const chip of chips) {
    const { balanceCentipoints } = whole.get(chip.number) ?? chip;
    whole.set(chip.number, { ...chip, balanceCentipoints });
  }
  return new Map([...whole].map(([number, chip]) => [number, <Step key={number} {...chip} />]));
}

type TicksProps = { id: string; label: string; households: readonly HouseholdChoice[]; isTicked?: boolean };

function Ticks({ id, label, households, isTicked = false }: TicksProps) {
  if (households.length === 0) return null;
  return (
    <ChoiceGroup
      kind="checkbox"
      id={id}
      name="cards"
      label={label}
      columns="names"
      optional
      chosen={isTicked ? households.map(({ number }) => number) : []}
      choices={households.map(({ number, headName, hint, keys }) => ({ value: number, label: headName, hint, keys }))}
    />
  );
}
