import type { ComponentChildren } from 'preact';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { type CardState, CardStatus } from './card-status.tsx';

export type ErasurePageProps = {
  idempotencyKey: string;
  household: { number: string; headName: string; groupName: string; status: CardState };
  reason: string;
  errors: FieldErrors;
  /** Where something stands against it, that is said instead of a form. */
  isPossible: boolean;
  notice?: ComponentChildren;
};

/** Says what goes and what stays, and asks for the reason and a tick before anything is erased. */
export function ErasurePage({ idempotencyKey, household, reason, errors, isPossible, notice }: ErasurePageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { number, headName, groupName, status } = household;
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  return (
    <Layout
      title={t('cards.erasure.title', { name: headName })}
      lead={t('cards.erasure.lead')}
      width="narrow"
      crumbs={[
        { href: href('/cards'), label: t('cards.list.title') },
        { href: href(`/cards/${number}`), label: t('cards.mine.household', { name: headName }) },
      ]}
      errors={errors}
      notice={notice}
    >
      <Panel>
        <Facts
          facts={[
            { label: t('cards.one.number'), value: number },
            { label: t('cards.one.group'), value: groupName },
            { label: t('cards.one.status'), value: <CardStatus status={status} /> },
          ]}
        />
      </Panel>
      <Panel title={t('cards.erasure.goes')}>
        <ul class="plain-list">
          <li>{t('cards.erasure.goes.household')}</li>
          <li>{t('cards.erasure.goes.openings')}</li>
          <li>{t('cards.erasure.goes.claims')}</li>
          <li>{t('cards.erasure.goes.wishes')}</li>
          <li>{t('cards.erasure.goes.visits')}</li>
          <li>{t('cards.erasure.goes.photos')}</li>
          <li>{t('cards.erasure.goes.kin')}</li>
          <li>{t('cards.erasure.goes.card')}</li>
        </ul>
      </Panel>
      <Panel title={t('cards.erasure.stays')}>
        <ul class="plain-list">
          <li>{t('cards.erasure.stays.record')}</li>
          <li>{t('cards.erasure.stays.published')}</li>
          <li>{t('cards.erasure.stays.words')}</li>
          <li>{t('cards.erasure.stays.shared')}</li>
          <li>{t('cards.erasure.stays.act')}</li>
        </ul>
      </Panel>
      {isPossible && (
        <Panel>
          <PostForm action={href(`/cards/${number}/erasure`)} idempotencyKey={idempotencyKey}>
            <TextField
              name="reason"
              label={t('cards.erasure.reason')}
              hint={t('cards.erasure.reasonHint')}
              maxLength={100}
              value={reason}
              error={errorOf('reason')}
            />
            <ChoiceGroup
              kind="checkbox"
              name="confirm"
              label={t('cards.erasure.confirm')}
              choices={[{ value: 'yes', label: t('cards.erasure.confirmYes') }]}
              error={errorOf('confirm')}
            />
            <SubmitButton look="danger">{t('cards.erasure.submit')}</SubmitButton>
          </PostForm>
        </Panel>
      )}
    </Layout>
  );
}
