import type { ComponentChildren } from 'preact';
import type { CardPin, UnlockReason } from '../../src/cards/card-pin.ts';
import { Moment } from '../people/sign-in-list.tsx';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type PinPageProps = {
  household: { number: string; headName: string };
  pin: CardPin | null;
  /** Why locked digits may be opened again. */
  reasons: readonly UnlockReason[];
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** 兑换密码: nothing that was typed comes back, so a wrong form begins anew. */
export function PinPage(props: PinPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { household, pin } = props;
  const { number, headName } = household;
  return (
    <Layout
      title={t('cards.pin.title', { name: headName })}
      lead={t('cards.pin.lead')}
      width="narrow"
      crumbs={[
        { href: href('/cards'), label: t('cards.list.title') },
        { href: href(`/cards/${number}`), label: t('cards.mine.household', { name: headName }) },
      ]}
      errors={props.errors}
      notice={props.notice}
    >
      {pin ? (
        <p>
          {t('cards.pin.isSet')} <Moment at={pin.setAt} />
        </p>
      ) : (
        <p>{t('cards.pin.isNone')}</p>
      )}
      {pin?.isLocked && <Unlock {...props} />}
      <SetPin {...props} />
      {pin && <Remove {...props} />}
    </Layout>
  );
}

type PartProps = Pick<PinPageProps, 'household' | 'errors' | 'pin' | 'reasons'>;

function SetPin({ household, errors, pin }: PartProps) {
  const { t } = usePage();
  const href = useVillageHref();
  // A word for codes: no browser of the office offers to keep a household's digits.
  const digits = {
    type: 'password',
    inputMode: 'numeric',
    autocomplete: 'one-time-code',
    size: 'short',
    maxLength: 6,
  } as const;
  return (
    <Panel title={t(pin ? 'cards.pin.change' : 'cards.pin.set')}>
      <PostForm action={href(`/cards/${household.number}/pin`)} hidden={{ step: 'set' }}>
        <TextField
          {...digits}
          name="pin"
          label={t('cards.pin.digits')}
          hint={t('cards.pin.digitsHint')}
          error={errorOf(errors, 'pin')}
        />
        <TextField {...digits} name="repeated" label={t('cards.pin.again')} error={errorOf(errors, 'repeated')} />
        <Present step="set" errors={errors} />
        <SubmitButton>{t(pin ? 'cards.pin.changeIt' : 'cards.pin.setIt')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}

function Remove({ household, errors }: PartProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Panel title={t('cards.pin.remove')}>
      <PostForm action={href(`/cards/${household.number}/pin`)} hidden={{ step: 'remove' }}>
        <Present step="remove" errors={errors} />
        <SubmitButton look="danger">{t('cards.pin.removeIt')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}

function Present({ step, errors }: { step: 'set' | 'remove'; errors: FieldErrors }) {
  const { t } = usePage();
  return (
    <ChoiceGroup
      kind="checkbox"
      id={`field-present-${step}`}
      name="present"
      label={t('cards.pin.present')}
      choices={[{ value: 'yes', label: t('cards.pin.presentYes') }]}
      error={errorOf(errors, `present-${step}`)}
    />
  );
}

function Unlock({ household, errors, reasons }: PartProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Panel title={t('cards.pin.unlock')}>
      <Notice kind="warning">{t('cards.pin.locked')}</Notice>
      <PostForm action={href(`/cards/${household.number}/pin`)} hidden={{ step: 'unlock' }}>
        <ChoiceGroup
          kind="radio"
          name="reason"
          label={t('cards.pin.reason')}
          choices={reasons.map((reason) => ({ value: reason, label: t(`cards.pin.reason.${reason}`) }))}
          error={errorOf(errors, 'reason')}
        />
        <SubmitButton>{t('cards.pin.unlockIt')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}

function errorOf(errors: FieldErrors, name: string): string | undefined {
  return errors.find((error) => error.name === name)?.message;
}
