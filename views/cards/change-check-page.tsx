import type { ChangeEffect } from '../../src/cards/household-change.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { ActionBar } from '../shared/action-bar.tsx';
import { SubmitButton } from '../shared/button.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { BalanceList } from './balance-list.tsx';
import { CardStatus } from './card-status.tsx';

type CheckedKind = 'split' | 'merger' | 'departure' | 'settlement';

export type ChangeCheckPageProps = {
  kind: CheckedKind;
  idempotencyKey: string;
  household: { number: string; headName: string };
  reason: string;
  effects: readonly ChangeEffect[];
  /** The form as it was typed. */
  fields: Readonly<Record<string, string>>;
};

/** Who will hold what afterwards; nothing is written before the last press. */
export function ChangeCheckPage({ kind, idempotencyKey, household, reason, effects, fields }: ChangeCheckPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { number, headName: name } = household;
  const total = effects.reduce((sum, { balanceCentipoints }) => sum + balanceCentipoints, 0);
  return (
    <Layout
      title={t('cards.change.check')}
      lead={t(`cards.change.title.${kind}`, { name })}
      crumbs={[
        { href: href('/cards'), label: t('cards.list.title') },
        { href: href(`/cards/${number}`), label: t('cards.mine.household', { name }) },
      ]}
    >
      <Panel>
        <Facts facts={[{ label: t('cards.change.reason'), value: reason }]} />
      </Panel>
      <PostForm
        action={href(`/cards/${number}/changes/${kind}`)}
        idempotencyKey={idempotencyKey}
        hidden={fields}
        class="steps"
      >
        <BalanceList
          title={t('cards.change.after')}
          lines={effects.map((effect) => ({
            number: effect.number,
            headName: effect.headName,
            groupName: effect.groupName,
            balanceCentipoints: effect.balanceBeforeCentipoints,
            balanceAfterCentipoints: effect.balanceCentipoints,
            remarks: <Remarks effect={effect} />,
          }))}
        />
        <ActionBar summary={effects.length > 1 ? t('cards.change.sum', { points: formatPoints(total) }) : ''}>
          <SubmitButton look="secondary" name="step" value="change">
            {t('shared.change')}
          </SubmitButton>
          <SubmitButton icon="check" name="step" value="confirm">
            {confirmWords(kind, effects, t)}
          </SubmitButton>
        </ActionBar>
      </PostForm>
    </Layout>
  );
}

function Remarks({ effect }: { effect: ChangeEffect }) {
  const { t } = usePage();
  const { householdId, membersBefore: before, members: after, status, number } = effect;
  return (
    <>
      {householdId === null ? t('cards.change.newCard') : ''} {number}{' '}
      {t('cards.change.membersStep', { before, after })} <CardStatus status={status} />
    </>
  );
}

function confirmWords(kind: CheckedKind, effects: readonly ChangeEffect[], t: ReturnType<typeof usePage>['t']): string {
  const [first] = effects;
  const moved = (first?.balanceBeforeCentipoints ?? 0) - (first?.balanceCentipoints ?? 0);
  return kind === 'departure'
    ? t('cards.change.confirm.departure', { count: (first?.membersBefore ?? 0) - (first?.members ?? 0) })
    : t(`cards.change.confirm.${kind}`, { points: formatPoints(moved) });
}
