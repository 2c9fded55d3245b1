import type { ComponentChildren } from 'preact';
import { formatPoints } from '../../src/platform/points.ts';
import type { Reservation } from '../../src/reservations/index.ts';
import { BareLayout } from '../shared/bare-layout.tsx';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { DayText } from '../shared/day-text.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { type TextSize, usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { WholeNames } from '../shared/whole-names.tsx';
import { ReservationForm, type ReservationFormProps } from './reservation-form.tsx';
import { reservedInWords } from './reservation-words.ts';

export type OwnReservationsPageProps = ReservationFormProps & {
  cardHref: string;
  maskedName: string;
  textSize: TextSize;
  held: readonly Reservation[];
  /** Where the village lets households reserve themselves; giving up goes always. */
  mayReserve: boolean;
  notice?: ComponentChildren;
};

/** 我的预留: from the household's own card, without signing in. */
export function OwnReservationsPage(props: OwnReservationsPageProps) {
  const { t } = usePage();
  const { cardHref, maskedName, textSize, held, mayReserve, notice, ...form } = props;
  return (
    <BareLayout title={t('reservations.own.title')} textSize={textSize}>
      <ErrorSummary errors={form.errors} />
      {notice}
      <h1>
        <WholeNames words={t('reservations.own.heading', { name: maskedName })} />
      </h1>
      <Panel title={t('reservations.own.mine')}>
        {held.length === 0 && <p>{t('reservations.own.none')}</p>}
        {held.map((one) => (
          <PostForm
            key={one.seq}
            action={`${cardHref}/reservations/cancellations`}
            hidden={{ seq: one.seq }}
            class="flow"
          >
            <p>
              {t('reservations.own.keeps', {
                goods: reservedInWords(one, t),
                points: formatPoints(one.centipoints),
              })}
              <br />
              {t('reservations.until')} <DayText day={one.until} />
            </p>
            <SubmitButton look="danger">{t('reservations.cancel')}</SubmitButton>
          </PostForm>
        ))}
      </Panel>
      {mayReserve && (
        <Panel title={t('reservations.own.new')}>
          {form.offered.length === 0 ? <p>{t('reservations.own.nothing')}</p> : <ReservationForm {...form} />}
        </Panel>
      )}
      <LinkButton href={cardHref} look="quiet" icon="back">
        {t('reservations.own.back')}
      </LinkButton>
    </BareLayout>
  );
}
