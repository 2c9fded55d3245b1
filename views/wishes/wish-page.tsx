import type { ComponentChildren } from 'preact';
import type { WishEvent } from '../../src/wishes/index.ts';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { formatDay } from '../shared/day-text.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PhotoField, PhotoStrip } from '../shared/photo-field.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { type Option, SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { VoiceNotes } from '../shared/voice-field.tsx';
import type { KnownWish } from './wish-desk-pages.tsx';
import { WishStateTag } from './wish-state-tag.tsx';

export type WishPageProps = KnownWish & {
  todo: readonly WishEvent[];
  goods: readonly { code: string; name: string }[];
  /** What it may be delivered with: gifts that are there, and what its household exchanged lately. */
  gifts: readonly Option[];
  redemptions: readonly Option[];
  photos: readonly { href: string; width: number; height: number }[];
  voices: readonly { href: string }[];
  values: Readonly<Record<string, string>>;
  keptPhotos: readonly string[];
  idempotencyKey: string;
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** One wish, with what is personal about it, and what can be done next. */
export function WishPage(props: WishPageProps) {
  const { t, locale, today } = usePage();
  const href = useVillageHref();
  const { wish, person, todo, photos, voices, errors, notice } = props;
  return (
    <Layout
      title={t(`wishes.kind.${wish.kind}`)}
      crumbs={[{ href: href('/wish-desk'), label: t('wishes.desk') }]}
      errors={errors}
      notice={notice}
    >
      <Panel>
        <Facts
          facts={[
            {
              label: t('wishes.household'),
              value: t('wishes.person', { name: person.headName, group: person.groupName }),
            },
            { label: t('wishes.card'), value: person.number },
            { label: t('wishes.original'), value: person.words || t('wishes.spoken') },
            ...(person.contact ? [{ label: t('wishes.contact'), value: person.contact }] : []),
            ...(wish.words
              ? [
                  {
                    label: t('wishes.onWall'),
                    value: wish.words === person.words ? t('wishes.sameWords') : wish.words,
                  },
                ]
              : []),
            ...(wish.now === 'claimed' && wish.claim
              ? [
                  {
                    label: t('wishes.state.claimed'),
                    value: t('wishes.until', { day: formatDay(wish.claim.until, locale, { today, short: true }) }),
                  },
                ]
              : []),
            ...(wish.reason ? [{ label: t('wishes.step.reason'), value: wish.reason }] : []),
            { label: t('wishes.state'), value: <WishStateTag state={wish.now} /> },
          ]}
        />
        <VoiceNotes voices={voices} what={t(`wishes.kind.${wish.kind}`)} />
        <PhotoStrip photos={photos} what={wish.words ?? person.words} />
      </Panel>
      {todo.map((event) => (
        <StepPanel key={event} event={event} {...props} />
      ))}
    </Layout>
  );
}

function StepPanel({
  event,
  wish,
  person,
  goods,
  gifts,
  redemptions,
  values,
  keptPhotos,
  idempotencyKey,
  errors,
}: WishPageProps & { event: WishEvent }) {
  const { t } = usePage();
  const href = useVillageHref();
  const at = href(`/wishes/${wish.wishId}`);
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  const form = { action: `${at}/steps`, idempotencyKey, hidden: { step: event } };
  switch (event) {
    case 'check':
    case 'open':
      return (
        <Panel title={t(`wishes.step.${event}`)}>
          <p>{t('wishes.step.checkText')}</p>
          <PostForm {...form}>
            <TextField
              name="words"
              label={t('wishes.step.wallWords')}
              maxLength={200}
              value={values['words'] ?? person.words}
              error={errorOf('words')}
            />
            <SelectField
              name="item"
              label={t('wishes.step.item')}
              hint={t('wishes.step.itemHint')}
              optional
              value={values['item'] ?? ''}
              prompt={t('wishes.step.noItem')}
              options={goods.map(({ code, name }) => ({ value: code, label: name }))}
            />
            <div class="button-row">
              <SubmitButton name="wall" value="now">
                {t('wishes.step.checkButton')}
              </SubmitButton>
              {event === 'check' && (
                <SubmitButton name="wall" value="later" look="secondary">
                  {t('wishes.step.checkOnlyButton')}
                </SubmitButton>
              )}
            </div>
          </PostForm>
        </Panel>
      );
    case 'decline':
      return (
        <Panel title={t('wishes.step.decline')}>
          <p>{t('wishes.step.declineText')}</p>
          <PostForm {...form}>
            <TextField
              name="reason"
              label={t('wishes.step.reason')}
              maxLength={200}
              value={values['reason'] ?? ''}
              error={errorOf('reason')}
            />
            <SubmitButton look="danger">{t('wishes.step.declineButton')}</SubmitButton>
          </PostForm>
        </Panel>
      );
    case 'deliver':
      return (
        <Panel title={t('wishes.step.deliver')}>
          <PostForm {...form} action={`${at}/deliveries`}>
            <ChoiceGroup
              kind="radio"
              name="as"
              label={t('wishes.step.deliverAs')}
              columns="names"
              chosen={[values['as'] ?? 'gift']}
              choices={(['gift', 'points'] as const).map((as) => ({
                value: as,
                label: t(`wishes.step.deliverAs.${as}`),
              }))}
            />
            <SelectField
              name="ofGift"
              label={t('wishes.step.ofGift')}
              hint={t('wishes.step.ofGiftHint')}
              optional
              prompt={t('wishes.step.noGift')}
              options={gifts}
              value={values['ofGift'] ?? ''}
            />
            <SelectField
              name="redemption"
              label={t('wishes.step.redemption')}
              hint={t('wishes.step.redemptionHint')}
              optional
              prompt={t(redemptions.length > 0 ? 'wishes.step.noRedemption' : 'wishes.step.nothingRedeemed')}
              options={redemptions}
              value={values['redemption'] ?? ''}
            />
            <SubmitButton>{t('wishes.step.deliverButton')}</SubmitButton>
          </PostForm>
        </Panel>
      );
    case 'echo':
      return (
        <Panel title={t('wishes.step.echo')}>
          <p>{t('wishes.step.echoText')}</p>
          <PostForm {...form} enctype="multipart/form-data">
            <TextField
              name="words"
              label={t('wishes.step.thanks')}
              maxLength={200}
              value={values['words'] ?? ''}
              error={errorOf('words')}
            />
            <PhotoField label={t('wishes.photo')} keptIds={keptPhotos} />
            <SubmitButton>{t('wishes.step.echoButton')}</SubmitButton>
          </PostForm>
        </Panel>
      );
    case 'release':
    case 'close':
      return (
        <Panel title={t(`wishes.step.${event}`)}>
          <p>{t(`wishes.step.${event}Text`)}</p>
          <PostForm {...form}>
            <SubmitButton look="secondary">
              {event === 'close' ? t('wishes.step.closeButton') : t('wishes.step.release')}
            </SubmitButton>
          </PostForm>
        </Panel>
      );
    case 'claim':
      return null;
  }
}
