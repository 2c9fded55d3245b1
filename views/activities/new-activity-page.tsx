import type { ActivityKind } from '../../src/activities/index.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PhotoField } from '../shared/photo-field.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { activityName } from './activity-name.ts';

export type NewActivityPageProps = {
  kinds: readonly ActivityKind[];
  rules: readonly { code: string; name: string; pointsCentipoints: number }[];
  groups: readonly { groupId: number; name: string; households: readonly { number: string; headName: string }[] }[];
  values: {
    kind: string;
    name: string;
    place: string;
    occurredOn: string;
    rule: string;
    members: string;
    cards: readonly string[];
    idempotencyKey: string;
  };
  keptIds: readonly string[];
  errors: FieldErrors;
  refusal?: { refused: string } | undefined;
};

/** 记一次活动: what it was, and who came. */
export function NewActivityPage({ kinds, rules, groups, values, keptIds, errors, refusal }: NewActivityPageProps) {
  const { t, locale } = usePage();
  const href = useVillageHref();
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  return (
    <Layout
      title={t('activities.new')}
      lead={t('activities.newLead')}
      crumbs={[{ href: href('/activities'), label: t('activities.crumb') }]}
      errors={errors}
      notice={
        refusal && (
          <Notice kind="refusal" focused>
            {refusalText(locale, refusal)}
          </Notice>
        )
      }
    >
      <PostForm
        action={href('/activities')}
        idempotencyKey={values.idempotencyKey}
        enctype="multipart/form-data"
        class="steps"
      >
        <Panel>
          <SelectField
            name="kind"
            label={t('activities.kind')}
            prompt={t('activities.choose')}
            value={values.kind}
            error={errorOf('kind')}
            options={kinds.map((kind) => ({ value: kind, label: activityName(kind, t) }))}
          />
          <TextField
            name="name"
            label={t('activities.name')}
            hint={t('activities.nameHint')}
            maxLength={60}
            value={values.name}
            error={errorOf('name')}
          />
          <TextField
            name="place"
            label={t('activities.place')}
            maxLength={60}
            value={values.place}
            error={errorOf('place')}
          />
          <TextField
            name="occurredOn"
            type="date"
            label={t('activities.day')}
            value={values.occurredOn}
            error={errorOf('occurredOn')}
            size="short"
          />
          <SelectField
            name="rule"
            label={t('activities.rule')}
            hint={t('activities.ruleHint')}
            prompt={t('activities.noRule')}
            value={values.rule}
            error={errorOf('rule')}
            optional
            options={rules.map(({ code, name, pointsCentipoints }) => ({
              value: code,
              label: t('activities.ruleOption', { name, points: formatPoints(pointsCentipoints) }),
            }))}
          />
          <PhotoField keptIds={keptIds} />
        </Panel>
        <Panel title={t('activities.who')}>
          {groups.every(({ households }) => households.length === 0) && <p>{t('activities.nobody')}</p>}
          {groups.map(({ groupId, name, households }, place) => (
            <ChoiceGroup
              key={groupId}
              kind="checkbox"
              id={place === 0 ? 'cards' : `cards-${groupId}`}
              name="cards"
              label={name}
              columns="names"
              chosen={values.cards}
              error={place === 0 ? errorOf('cards') : undefined}
              choices={households.map(({ number, headName }) => ({
                value: number,
                label: headName,
                hint: number.slice(-4),
              }))}
            />
          ))}
          <TextAreaField
            name="members"
            label={t('activities.members')}
            hint={t('activities.membersHint')}
            rows={3}
            value={values.members}
            error={errorOf('members')}
            optional
          />
        </Panel>
        <SubmitButton icon="check">{t('activities.submit')}</SubmitButton>
      </PostForm>
    </Layout>
  );
}
