import type { Preset, SettingField } from '../../src/settings/index.ts';
import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { settingText } from './setting-text.ts';

export type SettingsFormPageProps = {
  groups: readonly SettingField['group'][];
  fields: readonly SettingField[];
  presets: readonly Preset[];
  /** The fields show a preset that is not saved yet. */
  isFilled: boolean;
  reason: string;
  idempotencyKey: string;
  errors: FieldErrors;
  refusal: { refused: string } | undefined;
};

/** What the village's meeting decided, typed off its minutes; one act whatever was changed. */
export function SettingsFormPage(props: SettingsFormPageProps) {
  const { groups, fields, presets, isFilled, reason, idempotencyKey, errors, refusal } = props;
  const { t, locale } = usePage();
  const href = useVillageHref();
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  return (
    <Layout
      title={t('settings.changeTitle')}
      lead={t('settings.changeLead')}
      width="narrow"
      crumbs={[{ href: href('/settings'), label: t('settings.title') }]}
      errors={errors}
      notice={
        refusal ? (
          <Notice kind="refusal" focused>
            {refusalText(locale, refusal)}
          </Notice>
        ) : (
          isFilled && <Notice kind="info">{t('settings.filled')}</Notice>
        )
      }
    >
      <p>{t('settings.presets')}</p>
      <ButtonRow>
        {presets.map((preset) => (
          <LinkButton key={preset} href={href(`/settings/change?preset=${preset}`)}>
            {t(`settings.fill.${preset}`)}
          </LinkButton>
        ))}
      </ButtonRow>
      <PostForm action={href('/settings/change')} idempotencyKey={idempotencyKey} class="flow">
        {groups.map((group) => (
          <Panel key={group} title={t(`settings.group.${group}`)}>
            {fields
              .filter((field) => field.group === group)
              .map((field) => (
                <Control key={field.name} field={field} error={errorOf(field.name)} />
              ))}
          </Panel>
        ))}
        <Panel>
          <TextField
            name="reason"
            label={t('settings.reason')}
            hint={t('settings.reasonHint')}
            maxLength={100}
            value={reason}
            error={errorOf('reason')}
          />
          <SubmitButton>{t('settings.submit')}</SubmitButton>
        </Panel>
      </PostForm>
    </Layout>
  );
}

function Control({ field, error }: { field: SettingField; error: string | undefined }) {
  const { t } = usePage();
  const { name, text } = field;
  const words = { name, label: t(`settings.${name}`), error };
  const hint = t(`settings.${name}.hint`);
  if ('choices' in field) {
    const options = field.choices.map((choice) => ({
      value: choice,
      label: settingText(name, field.kind === 'switch' ? choice === 'yes' : choice, t),
    }));
    return <SelectField {...words} hint={hint} value={text} options={options} />;
  }
  const { kind, isOptional, min, max } = field;
  const unit = kind === 'count' ? '' : t(`settings.unit.${kind}`);
  const bounds = t('settings.between', { min, max, unit: unit && ` ${unit}` });
  return (
    <TextField
      {...words}
      hint={`${hint}${bounds}${isOptional ? t('settings.mayBeEmpty') : ''}`}
      value={text}
      size="short"
      inputMode={kind === 'points' || kind === 'yuan' ? 'decimal' : 'numeric'}
      unit={unit || undefined}
    />
  );
}
