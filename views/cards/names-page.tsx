import type { ComponentChildren } from 'preact';
import type { NameLevel } from '../../src/cards/index.ts';
import type { NameSetting } from '../../src/cards/name-level.ts';
import { SubmitButton } from '../shared/button.tsx';
import { type Choice, ChoiceGroup } from '../shared/choice-group.tsx';
import type { Translate } from '../shared/dictionary.ts';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type NamesPageProps = {
  setting: NameSetting;
  levels: readonly NameLevel[];
  idempotencyKey: string;
  level: NameLevel;
  reason: string;
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** 公示姓名: what everybody sees of a name, and what the county allows. */
export function NamesPage({ setting, levels, idempotencyKey, level, reason, errors, notice }: NamesPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  return (
    <Layout
      title={t('cards.names.title')}
      lead={t('cards.names.lead')}
      width="narrow"
      crumbs={[{ href: href('/cards'), label: t('cards.list.title') }]}
      errors={errors}
      notice={notice}
    >
      {setting.chosen > setting.most && <Notice kind="info">{t('cards.names.limited')}</Notice>}
      <Panel>
        <PostForm action={href('/names')} idempotencyKey={idempotencyKey}>
          <ChoiceGroup
            kind="radio"
            name="level"
            label={t('cards.names.level')}
            hint={t('cards.names.levelHint')}
            chosen={[String(level)]}
            choices={choicesOf(t, levels, setting.most)}
            error={errorOf('level')}
          />
          <TextField
            name="reason"
            label={t('cards.names.reason')}
            hint={t('cards.names.reasonHint')}
            maxLength={100}
            value={reason}
            error={errorOf('reason')}
          />
          <SubmitButton>{t('cards.names.submit')}</SubmitButton>
        </PostForm>
      </Panel>
      <p class="soft">{t('cards.names.published')}</p>
    </Layout>
  );
}

type LimitPageProps = { administrationHref: string; most: NameLevel; isSaved: boolean };

/** What a county allows its villages. */
export function NameLimitPage({ administrationHref, most, isSaved }: LimitPageProps) {
  const { t } = usePage();
  return (
    <Layout
      title={t('cards.names.limitTitle')}
      lead={t('cards.names.limitLead')}
      width="narrow"
      crumbs={[{ href: administrationHref, label: t('people.nav.administration') }]}
      notice={
        isSaved && (
          <Notice kind="success" focused>
            {t('cards.names.limitSaved')}
          </Notice>
        )
      }
    >
      <Panel>
        <PostForm action={`${administrationHref}/names`}>
          <ChoiceGroup
            kind="radio"
            name="most"
            label={t('cards.names.limit')}
            chosen={[String(most)]}
            choices={choicesOf(t, [0, 1, 2, 3], 3)}
          />
          <SubmitButton>{t('cards.names.limitSubmit')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}

function choicesOf(t: Translate, levels: readonly NameLevel[], most: NameLevel): Choice[] {
  return levels.map((level) => ({
    value: String(level),
    label: t(`cards.names.level.${level}`),
    hint: level > most ? t('cards.names.notAllowed') : undefined,
    disabled: level > most,
  }));
}
