import type { ComponentChildren } from 'preact';
import { BareLayout } from '../shared/bare-layout.tsx';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ErrorSummary, type FieldErrors } from '../shared/error-summary.tsx';
import { type TextSize, usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';
import { WholeNames } from '../shared/whole-names.tsx';
import { FilingForm, type FilingFormProps } from './filing-form.tsx';

type OwnPage = { cardHref: string; maskedName: string; textSize: TextSize; notice?: ComponentChildren };

export type OwnClaimPageProps = OwnPage & Omit<FilingFormProps, 'action' | 'asksCard'>;

/** 我要申报: from the household's own card, without signing in. */
export function OwnClaimPage({ cardHref, maskedName, textSize, notice, ...form }: OwnClaimPageProps) {
  const { t } = usePage();
  return (
    <BareLayout title={t('claims.own.title')} textSize={textSize}>
      <ErrorSummary errors={form.errors} />
      {notice}
      <h1>
        <WholeNames words={t('claims.own.heading', { name: maskedName })} />
      </h1>
      <p>{t('claims.own.lead')}</p>
      <Panel>
        <FilingForm {...form} action={`${cardHref}/claims`} asksCard={false} />
      </Panel>
      <LinkButton href={cardHref} look="quiet" icon="back">
        {t('claims.own.back')}
      </LinkButton>
    </BareLayout>
  );
}

export type OwnObjectionPageProps = OwnPage & {
  /** What hangs on the board and can be objected to. */
  lines: readonly { value: string; label: string }[];
  values: { claim: string; reason: string };
  idempotencyKey: string;
  errors: FieldErrors;
};

/** 我有异议: about one line of what hangs on the board; who objects is told to nobody but those who answer. */
export function OwnObjectionPage(props: OwnObjectionPageProps) {
  const { t } = usePage();
  const { cardHref, textSize, notice, lines, values, idempotencyKey, errors } = props;
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  return (
    <BareLayout title={t('claims.object.ownTitle')} textSize={textSize}>
      <ErrorSummary errors={errors} />
      {notice}
      <h1>{t('claims.object.ownTitle')}</h1>
      <p>{t('claims.object.ownLead')}</p>
      {lines.length === 0 ? (
        <EmptyState title={t('claims.board.none')}>{t('claims.object.noLines')}</EmptyState>
      ) : (
        <Panel>
          <PostForm action={`${cardHref}/objections`} idempotencyKey={idempotencyKey} class="flow">
            <SelectField
              name="claim"
              label={t('claims.object.line')}
              prompt={t('claims.object.linePrompt')}
              options={lines}
              value={values.claim}
              error={errorOf('claim')}
            />
            <TextAreaField
              name="reason"
              label={t('claims.object.reason')}
              hint={t('claims.object.ownHint')}
              rows={3}
              maxLength={200}
              value={values.reason}
              error={errorOf('reason')}
            />
            <SubmitButton icon="check">{t('claims.object.submit')}</SubmitButton>
          </PostForm>
        </Panel>
      )}
      <LinkButton href={cardHref} look="quiet" icon="back">
        {t('claims.own.back')}
      </LinkButton>
    </BareLayout>
  );
}
