import type { ComponentChildren } from 'preact';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { formatDay } from '../shared/day-text.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type WaiverPageProps = {
  current: { duties: readonly Duty[]; until: string } | null;
  choices: readonly Duty[];
  /** The one thing that the reader came to permit. */
  alone?: Duty | undefined;
  values: { duties: readonly string[]; until: string; reason: string };
  idempotencyKey: string;
  errors: FieldErrors;
  notice?: ComponentChildren;
};

type Duty = 'own_entry' | 'second_approver' | 'relatives' | 'solvency_stop';

/**
 * 回避豁免: what the township lets a tiny village do without, for a time and on the record. Whoever comes from the red stop has decided
 * already what to permit and says only until when and why.
 */
export function WaiverPage({ current, choices, alone, values, idempotencyKey, errors, notice }: WaiverPageProps) {
  const { t, village, locale, today } = usePage();
  const href = useVillageHref();
  const name = village?.name ?? '';
  const permitted = useDutyNames(current?.duties ?? []);
  const errorOf = (field: string) => errors.find((one) => one.name === field)?.message;
  return (
    <Layout
      title={t(alone ? 'claims.waiver.lift' : 'claims.waiver.title', { village: name })}
      lead={t(alone ? 'claims.waiver.liftLead' : 'claims.waiver.lead')}
      width="narrow"
      crumbs={[{ href: href('/desk'), label: name }]}
      errors={errors}
      notice={notice}
    >
      {current && (
        <Panel title={t('claims.waiver.now')}>
          <p>{permitted || t('claims.waiver.nothing')}</p>
          {permitted !== '' && (
            <p class="soft">{t('claims.waiver.untilDay', { day: formatDay(current.until, locale, { today }) })}</p>
          )}
          <ExportLinks list="waivers" what={t('claims.waiver.list')} />
        </Panel>
      )}
      <Panel>
        <PostForm
          action={href('/waivers')}
          idempotencyKey={idempotencyKey}
          hidden={alone && { duty: alone }}
          class="flow"
        >
          {alone ? (
            <Alone duty={alone} current={current} />
          ) : (
            <ChoiceGroup
              kind="checkbox"
              name="duties"
              label={t('claims.waiver.duties')}
              hint={current ? t('claims.waiver.dutiesHint') : undefined}
              chosen={values.duties}
              error={errorOf('duties')}
              choices={choices.map((duty) => ({ value: duty, label: t(`claims.waiver.${duty}`) }))}
            />
          )}
          <TextField
            name="until"
            type="date"
            size="short"
            label={t('claims.waiver.until')}
            value={values.until}
            error={errorOf('until')}
          />
          <TextField
            name="reason"
            label={t('claims.reason')}
            hint={t(alone ? 'claims.waiver.liftReasonHint' : 'claims.waiver.reasonHint')}
            maxLength={100}
            value={values.reason}
            error={errorOf('reason')}
          />
          <SubmitButton>{t(alone ? 'claims.waiver.liftSubmit' : 'claims.waiver.submit')}</SubmitButton>
        </PostForm>
      </Panel>
      {alone && (
        <LinkButton href={href('/waivers')} look="quiet">
          {t('claims.waiver.liftOther')}
        </LinkButton>
      )}
    </Layout>
  );
}

/** A new permission takes the place of the one before, so what that one held goes along, and it is said. */
function Alone({ duty, current }: { duty: Duty; current: WaiverPageProps['current'] }) {
  const { t } = usePage();
  const others = (current?.duties ?? []).filter((one) => one !== duty);
  const duties = useDutyNames(others);
  return (
    <>
      {[duty, ...others].map((one) => (
        <input key={one} type="hidden" name="duties" value={one} />
      ))}
      {others.length > 0 && <p>{t('claims.waiver.liftWith', { duties })}</p>}
    </>
  );
}

function useDutyNames(duties: readonly Duty[]): string {
  const { t } = usePage();
  return duties.map((duty) => t(`claims.waiver.${duty}`)).join(t('claims.join'));
}
