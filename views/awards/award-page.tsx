import type { ComponentChildren } from 'preact';
import { formatSignedPoints } from '../../src/platform/points.ts';
import { ActionBar } from '../shared/action-bar.tsx';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { SignedPoints } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';

export type RuleChoice = { code: string; name: string; pointsCentipoints: number; cap?: string | undefined };

export type HouseholdChoice = { cardNumber: string; name: string; hint?: string | undefined };

export type AwardPageProps = {
  previewHref: string;
  /** Six at most, as big choices; all others in the list. */
  recentRules: readonly RuleChoice[];
  otherRules: readonly { category: string; rules: readonly RuleChoice[] }[];
  groups: readonly { code: string; name: string; households: readonly HouseholdChoice[] }[];
  values: {
    rule?: string | undefined;
    otherRule?: string | undefined;
    groups: readonly string[];
    cards: readonly string[];
    names?: string | undefined;
    occurredOn: string;
    note?: string | undefined;
  };
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** 加分: by which rule, for whom, on which day; the next page shows every balance before anything counts. */
export function AwardPage(props: AwardPageProps) {
  const { t } = usePage();
  const { values, errors } = props;
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  return (
    <Layout title={t('awards.new.title')} lead={t('awards.new.lead')} errors={errors} notice={props.notice}>
      <PostForm action={props.previewHref} class="steps">
        <Panel title={t('awards.new.stepRule')}>
          <ChoiceGroup
            kind="radio"
            name="rule"
            label={t('awards.new.recentRules')}
            columns="sentences"
            optional
            error={errorOf('rule')}
            chosen={values.rule ? [values.rule] : []}
            choices={props.recentRules.map((rule) => ({
              value: rule.code,
              label: <RuleLabel rule={rule} />,
              hint: rule.cap && t('awards.new.ruleCap', { cap: rule.cap }),
            }))}
          />
          <SelectField
            name="otherRule"
            label={t('awards.new.otherRule')}
            optional
            prompt={t('awards.new.chooseRule')}
            value={values.otherRule}
            options={props.otherRules.map(({ category, rules }) => ({
              group: category,
              options: rules.map((rule) => ({
                value: rule.code,
                label: `${rule.name} ${formatSignedPoints(rule.pointsCentipoints)}`,
              })),
            }))}
          />
        </Panel>
        <Panel title={t('awards.new.stepWho')}>
          <ChoiceGroup
            kind="checkbox"
            name="groups"
            label={t('awards.new.wholeGroup')}
            columns="names"
            optional
            error={errorOf('groups')}
            chosen={values.groups}
            choices={props.groups.map((group) => ({
              value: group.code,
              label: group.name,
              hint: t('awards.new.groupCount', { count: group.households.length }),
            }))}
          />
          <TickHouseholds {...props} />
          <details class="more" open={Boolean(values.names ?? errorOf('names'))}>
            <summary>{t('awards.new.paste')}</summary>
            <div class="more-body">
              <TextAreaField
                name="names"
                label={t('awards.new.paste')}
                hint={t('awards.new.pasteHint')}
                optional
                rows={8}
                value={values.names}
                error={errorOf('names')}
              />
            </div>
          </details>
        </Panel>
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
            name="note"
            label={t('awards.new.note')}
            hint={t('awards.new.noteHint')}
            optional
            maxLength={100}
            value={values.note}
            error={errorOf('note')}
          />
        </Panel>
        <ActionBar summary={t('awards.new.previewHint')}>
          <SubmitButton icon="arrow">{t('awards.new.preview')}</SubmitButton>
        </ActionBar>
      </PostForm>
    </Layout>
  );
}

function RuleLabel({ rule }: { rule: RuleChoice }) {
  return (
    <span class="rule-label">
      {rule.name} <SignedPoints centipoints={rule.pointsCentipoints} />
    </span>
  );
}

function TickHouseholds({ groups, values }: AwardPageProps) {
  const { t } = usePage();
  return (
    <details class="more" open={values.cards.length > 0}>
      <summary>{t('awards.new.tick')}</summary>
      <div class="more-body">
        {groups.map((group) => (
          <ChoiceGroup
            key={group.code}
            kind="checkbox"
            id={`cards-${group.code}`}
            name="cards"
            label={group.name}
            columns="names"
            optional
            chosen={values.cards}
            choices={group.households.map((household) => ({
              value: household.cardNumber,
              label: household.name,
              hint: household.hint,
            }))}
          />
        ))}
      </div>
    </details>
  );
}
