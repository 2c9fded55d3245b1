import type { ComponentChildren } from 'preact';
import { formatPoints } from '../../src/platform/points.ts';
import type { Reservation } from '../../src/reservations/index.ts';
import { type CounterPhoto, type CounterPresence, WhoIsThere } from '../exchange/counter-presence.tsx';
import { SubmitButton } from '../shared/button.tsx';
import { DayText } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { ReservationForm, type ReservationFormProps } from './reservation-form.tsx';
import { reservedInWords } from './reservation-words.ts';
import { ReservationTag } from './reservations-page.tsx';

export type ReservationPageProps = {
  reservation: Reservation;
  mayReserve: boolean;
  presence?: CounterPresence | undefined;
  photo: CounterPhoto;
  idempotencyKey: string;
  notice?: ComponentChildren;
};

const FORM = 'hand-over';

/** One reservation: handed over, given up, or what became of it. */
export function ReservationPage({
  reservation,
  mayReserve,
  presence,
  photo,
  idempotencyKey,
  notice,
}: ReservationPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { seq, state, headName, groupName, cardNumber, centipoints, redemption } = reservation;
  const points = formatPoints(centipoints);
  const address = href(`/reservations/${seq}`);
  return (
    <Layout
      title={t('reservations.one', { seq })}
      crumbs={[{ href: href('/reservations'), label: t('reservations.title') }]}
      notice={notice}
    >
      <Panel title={reservedInWords(reservation, t)} aside={<ReservationTag state={state} />}>
        <Facts
          facts={[
            {
              label: t('reservations.household'),
              value: (
                <>
                  <a href={href(`/cards/${cardNumber}`)}>{headName}</a> <span class="soft small">{groupName}</span>
                </>
              ),
            },
            { label: t('reservations.points'), value: <Points centipoints={centipoints} /> },
            { label: t('reservations.reservedOn'), value: <DayText day={reservation.reservedOn} /> },
            { label: t('reservations.until'), value: <DayText day={reservation.until} /> },
            { label: t('reservations.by'), value: reservation.recordedByName ?? t('reservations.byHousehold') },
            ...(redemption
              ? [
                  {
                    label: t('reservations.redemption'),
                    value: (
                      <a href={href(`/redemptions/${redemption.operationId}`)}>
                        {t('reservations.number', { seq: redemption.seq })}
                      </a>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Panel>
      {state === 'held' && mayReserve && (
        <>
          <WhoIsThere
            form={FORM}
            pin={reservation.hasPin ? { isLocked: false } : undefined}
            presence={presence}
            photo={photo}
          />
          <Panel title={t('reservations.handOver')}>
            <PostForm
              id={FORM}
              action={`${address}/deliveries`}
              idempotencyKey={idempotencyKey}
              enctype="multipart/form-data"
              class="flow"
            >
              <p>{t('reservations.handOverText', { points })}</p>
              <SubmitButton>{t('reservations.handOverNow', { points })}</SubmitButton>
            </PostForm>
          </Panel>
          <details class="more">
            <summary>{t('reservations.cancelTitle')}</summary>
            <PostForm action={`${address}/cancellations`} class="more-body">
              <p>{t('reservations.cancelText')}</p>
              <SubmitButton look="danger">{t('reservations.cancel')}</SubmitButton>
            </PostForm>
          </details>
        </>
      )}
    </Layout>
  );
}

export type NewReservationPageProps = ReservationFormProps & { notice?: ComponentChildren };

/** 给住户预留: for a household that calls, or cannot do it itself. */
export function NewReservationPage({ notice, ...form }: NewReservationPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('reservations.new')}
      width="narrow"
      crumbs={[{ href: href('/reservations'), label: t('reservations.title') }]}
      errors={form.errors}
      notice={notice}
    >
      <Panel>
        <ReservationForm {...form} asksCard />
      </Panel>
    </Layout>
  );
}
