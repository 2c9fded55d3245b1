import type { ComponentChildren } from 'preact';
import { formatPoints } from '../../src/platform/points.ts';
import { ActionBar } from '../shared/action-bar.tsx';
import { SubmitButton } from '../shared/button.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { BalanceList } from './balance-list.tsx';

export type ExpiryPageProps = {
  idempotencyKey: string;
  day: string;
  /** The day has come, so that it can be done. */
  isDue: boolean;
  expires: boolean;
  isYearly: boolean;
  earnedMonths: number | null;
  openingMonths: number | null;
  households: readonly {
    number: string;
    headName: string;
    groupName: string;
    balanceCentipoints: number;
    dueCentipoints: number;
  }[];
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** Who loses what by a day, before anything is written; a day ahead is for telling people in time. */
export function ExpiryPage(props: ExpiryPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('cards.expiry.title')}
      lead={props.expires ? t('cards.expiry.lead') : undefined}
      crumbs={[{ href: href('/cards'), label: t('cards.list.title') }]}
      errors={props.errors}
      notice={props.notice}
    >
      {props.expires ? (
        <Expiring {...props} />
      ) : (
        <EmptyState title={t('cards.expiry.never')}>{t('cards.expiry.neverHint')}</EmptyState>
      )}
    </Layout>
  );
}

function Expiring(props: ExpiryPageProps) {
  const { day, errors, households, isYearly, earnedMonths, openingMonths, isDue, idempotencyKey } = props;
  const { t } = usePage();
  const href = useVillageHref();
  const total = households.reduce((sum, { dueCentipoints }) => sum + dueCentipoints, 0);
  const lives = [
    isYearly && t('cards.expiry.yearly'),
    earnedMonths !== null && t('cards.expiry.earned', { months: earnedMonths }),
    openingMonths !== null && t('cards.expiry.opening', { months: openingMonths }),
  ].filter((life) => life !== false);
  return (
    <>
      <Panel>
        <Facts facts={[{ label: t('cards.expiry.life'), value: lives.join(t('shared.comma')) }]} />
        <form method="get" action={href('/expiries/new')}>
          <TextField
            name="on"
            type="date"
            label={t('cards.expiry.day')}
            hint={t('cards.expiry.dayHint')}
            value={day}
            error={errors.find(({ name }) => name === 'on')?.message}
          />
          <div class="button-row">
            <SubmitButton look="secondary">{t('cards.expiry.show')}</SubmitButton>
          </div>
        </form>
      </Panel>
      {households.length === 0 ? (
        <EmptyState title={t('cards.expiry.nobody')} />
      ) : (
        <PostForm action={href('/expiries')} idempotencyKey={idempotencyKey} hidden={{ on: day }} class="steps">
          {!isDue && <Notice kind="info">{t('cards.expiry.ahead')}</Notice>}
          <BalanceList
            title={t('cards.expiry.households', { count: households.length })}
            lines={households.map(({ dueCentipoints, ...household }) => ({
              ...household,
              balanceAfterCentipoints: household.balanceCentipoints - dueCentipoints,
              remarks: t('cards.expiry.due', { points: formatPoints(dueCentipoints) }),
            }))}
          />
          {isDue && (
            <ActionBar summary={t('cards.expiry.total', { points: formatPoints(total) })}>
              <SubmitButton look="danger">{t('cards.expiry.confirm', { count: households.length })}</SubmitButton>
            </ActionBar>
          )}
        </PostForm>
      )}
    </>
  );
}
