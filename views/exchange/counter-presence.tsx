import { ChoiceGroup } from '../shared/choice-group.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PhotoField } from '../shared/photo-field.tsx';
import { TextField } from '../shared/text-field.tsx';

export type CounterPresence = { proxy: string; proxyName: string; confirmedBy: readonly string[] };

/** Of the photo that confirms an exchange: what was taken in already, and whether whoever is on it agreed. */
export type CounterPhoto = { keptIds: readonly string[]; hasConsent: boolean; isOpen: boolean };

type PresenceProps = {
  /** The household asked for digits. */
  pin?: { isLocked: boolean } | undefined;
  /** The form that they are sent with: not the one around them, whose values stand in the address. */
  form: string;
  /** What was typed, when the form comes back. */
  presence?: CounterPresence | undefined;
  /** Left out: this form takes none. */
  photo?: CounterPhoto | undefined;
};

const NOBODY: CounterPresence = { proxy: '', proxyName: '', confirmedBy: [] };

/** Digits where the household asked for them; folded away: a proxy, and people who know who it is. */
export function WhoIsThere({ pin, presence = NOBODY, photo, form }: PresenceProps) {
  const { t } = usePage();
  const { proxy, proxyName, confirmedBy } = presence;
  const isOpen =
    proxyName !== '' || confirmedBy.length > 0 || (proxy !== '' && proxy !== 'self') || photo?.isOpen === true;
  return (
    <Panel class="flow">
      {pin?.isLocked && <Notice kind="warning">{t('exchange.presence.locked')}</Notice>}
      {pin && (
        <TextField
          name="pin"
          form={form}
          type="password"
          inputMode="numeric"
          autocomplete="one-time-code"
          size="short"
          maxLength={6}
          label={t('exchange.presence.pin')}
          hint={t('exchange.presence.pinHint')}
        />
      )}
      <details class="more" open={isOpen}>
        <summary>{t(pin ? 'exchange.presence.moreWithPin' : 'exchange.presence.more')}</summary>
        <div class="more-body flow">
          <ChoiceGroup
            kind="radio"
            name="proxy"
            form={form}
            label={t('exchange.presence.proxy')}
            columns="names"
            chosen={[proxy === '' ? 'self' : proxy]}
            choices={(['self', 'family', 'neighbour', 'cadre'] as const).map((value) => ({
              value,
              label: t(`exchange.presence.proxy.${value}`),
            }))}
          />
          <TextField
            name="proxyName"
            form={form}
            label={t('exchange.presence.proxyName')}
            hint={t('exchange.presence.proxyNameHint')}
            value={proxyName}
            maxLength={20}
            optional
          />
          {[0, 1].map((place) => (
            <TextField
              key={place}
              id={`field-confirmedBy-${place}`}
              name="confirmedBy"
              form={form}
              label={t(place === 0 ? 'exchange.presence.confirmedBy' : 'exchange.presence.confirmedByToo')}
              hint={place === 0 ? t('exchange.presence.confirmedByHint') : undefined}
              value={confirmedBy[place] ?? ''}
              maxLength={20}
              optional
            />
          ))}
          {photo && <ConfirmingPhoto {...photo} form={form} />}
        </div>
      </details>
    </Panel>
  );
}

function ConfirmingPhoto({ keptIds, hasConsent, form }: Omit<CounterPhoto, 'isOpen'> & { form: string }) {
  const { t } = usePage();
  return (
    <>
      <PhotoField
        label={t('exchange.presence.photo')}
        hint={t('exchange.presence.photoHint')}
        most={1}
        keptIds={keptIds}
        form={form}
      />
      <ChoiceGroup
        kind="checkbox"
        name="photoConsent"
        form={form}
        label={t('exchange.presence.photoConsentLabel')}
        optional
        chosen={hasConsent ? ['yes'] : []}
        choices={[{ value: 'yes', label: t('exchange.presence.photoConsent') }]}
      />
    </>
  );
}
