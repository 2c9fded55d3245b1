import type { ComponentChildren } from 'preact';
import { formatPoints } from '../../src/platform/points.ts';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type NewHouseholdPageProps = {
  idempotencyKey: string;
  groups: readonly { groupId: number; name: string }[];
  openingCentipoints: number;
  values: { headName: string; group: string; memberCount: string; names: string; phone: string; open: boolean };
  /** A household of this name is there already: ask before a second one is made. */
  asksNamesake?: boolean | undefined;
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** Five fields at most, and the card opened in the same press. */
export function NewHouseholdPage(props: NewHouseholdPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { values, errors } = props;
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  return (
    <Layout
      title={t('cards.new.title')}
      lead={t('cards.new.lead')}
      width="narrow"
      crumbs={[{ href: href('/cards'), label: t('cards.list.title') }]}
      errors={errors}
      notice={props.notice}
    >
      <Panel>
        <PostForm action={href('/cards')} idempotencyKey={props.idempotencyKey}>
          <TextField
            name="headName"
            label={t('cards.new.headName')}
            maxLength={20}
            value={values.headName}
            error={errorOf('headName')}
          />
          {props.asksNamesake && (
            <ChoiceGroup
              kind="checkbox"
              name="namesake"
              label={t('cards.new.namesake')}
              optional
              choices={[{ value: 'yes', label: t('cards.new.namesakeSure') }]}
            />
          )}
          <SelectField
            name="group"
            label={t('cards.new.group')}
            prompt={t('cards.new.chooseGroup')}
            value={values.group}
            options={props.groups.map(({ groupId, name }) => ({ value: String(groupId), label: name }))}
            error={errorOf('group')}
          />
          <TextField
            name="memberCount"
            label={t('cards.new.members')}
            inputMode="numeric"
            size="short"
            maxLength={2}
            unit={t('cards.new.membersUnit')}
            value={values.memberCount}
            error={errorOf('memberCount')}
          />
          <TextAreaField
            name="names"
            label={t('cards.new.names')}
            hint={t('cards.new.namesHint')}
            optional
            rows={3}
            maxLength={2_000}
            value={values.names}
            error={errorOf('names')}
          />
          <TextField
            name="phone"
            label={t('cards.new.phone')}
            type="tel"
            inputMode="tel"
            optional
            maxLength={20}
            value={values.phone}
            error={errorOf('phone')}
          />
          <ChoiceGroup
            kind="checkbox"
            name="open"
            label={t('cards.new.open')}
            optional
            chosen={values.open ? ['yes'] : []}
            choices={[
              {
                value: 'yes',
                label: t('cards.new.openNow', { points: formatPoints(props.openingCentipoints) }),
                hint: t('cards.new.openNowHint'),
              },
            ]}
          />
          <div class="button-row">
            <SubmitButton icon="check">{t('cards.new.submit')}</SubmitButton>
          </div>
        </PostForm>
      </Panel>
    </Layout>
  );
}
