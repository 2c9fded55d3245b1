import type { ComponentChildren } from 'preact';
import type { OwnWish } from '../../src/wishes/index.ts';
import { BareLayout } from '../shared/bare-layout.tsx';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { DayText } from '../shared/day-text.tsx';
import { ErrorSummary, type FieldErrors } from '../shared/error-summary.tsx';
import { type TextSize, usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { WishFields, type WishValues } from './wish-fields.tsx';
import { WishStateTag } from './wish-state-tag.tsx';

export type VillagerWishPageProps = {
  cardHref: string;
  values: WishValues;
  keptPhotos: readonly string[];
  keptVoice: string | undefined;
  idempotencyKey: string;
  own: readonly OwnWish[];
  textSize: TextSize;
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** 许心愿 from the card: no account, three taps and a line. */
export function VillagerWishPage(props: VillagerWishPageProps) {
  const { t } = usePage();
  const { cardHref, values, keptPhotos, keptVoice, idempotencyKey, own, textSize, errors, notice } = props;
  return (
    <BareLayout title={t('wishes.ownTitle')} textSize={textSize}>
      <ErrorSummary errors={errors} />
      {notice}
      <h1>{t('wishes.ownTitle')}</h1>
      <Panel>
        <PostForm action={`${cardHref}/wishes`} idempotencyKey={idempotencyKey} enctype="multipart/form-data">
          <WishFields values={values} keptPhotos={keptPhotos} keptVoice={keptVoice} errors={errors} />
          <SubmitButton wide>{t('wishes.send')}</SubmitButton>
        </PostForm>
      </Panel>
      {own.length > 0 && (
        <Panel title={t('wishes.own')}>
          <ul>
            {own.map(({ wishId, words, state, filedOn, reason }) => (
              <li key={wishId}>
                <DayText day={filedOn} short /> {words || t('wishes.spoken')} <WishStateTag state={state} />
                {reason && <p class="soft">{reason}</p>}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <LinkButton href={cardHref} look="quiet">
        {t('wishes.backToCard')}
      </LinkButton>
    </BareLayout>
  );
}
