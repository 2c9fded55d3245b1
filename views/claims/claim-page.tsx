import type { ComponentChildren } from 'preact';
import type { Claim, ClaimStep, Objection } from '../../src/claims/index.ts';
import { formatSignedPoints } from '../../src/platform/points.ts';
import type { ShownPhoto } from '../../src/problems/index.ts';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { DayText } from '../shared/day-text.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PhotoStrip } from '../shared/photo-field.tsx';
import { SignedPoints } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { TextField } from '../shared/text-field.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { ClaimStatus } from './claim-status.tsx';
import { STEP_PATHS } from './claims-page.tsx';

export type ClaimPageProps = {
  claim: Claim;
  objections: readonly Objection[];
  photos: readonly ShownPhoto[];
  idempotencyKey: string;
  /** What the reader can do with it now. */
  may: {
    /** The word that is next and the reader's. */
    step: ClaimStep | null;
    return: ClaimStep | null;
    withdraw: boolean;
    resubmit: boolean;
    object: boolean;
    answer: boolean;
  };
  /** Why the word that is next is somebody else's, although it is one of the reader's. */
  stepsAside: { refused: string; name: string } | null;
  typed: Readonly<Record<string, string>>;
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** One claim: what is asked for, who has agreed, and what the reader can do about it. */
export function ClaimPage(props: ClaimPageProps) {
  const { t, locale } = usePage();
  const href = useVillageHref();
  const { claim } = props;
  return (
    <Layout
      title={t('claims.one.title', { name: claim.headName })}
      width="narrow"
      crumbs={[{ href: href('/claims'), label: t('claims.title') }]}
      errors={props.errors}
      notice={props.notice}
    >
      <Details claim={claim} />
      <PhotoStrip photos={props.photos} what={claim.ruleName} />
      {props.stepsAside && <Notice kind="info">{refusalText(locale, props.stepsAside)}</Notice>}
      {props.may.step && <Passing {...props} step={props.may.step} />}
      {props.may.return && <Returning {...props} step={props.may.return} />}
      {props.may.resubmit && <Resubmitting {...props} />}
      {props.objections.length > 0 && <Objections {...props} />}
      {props.may.answer && <Answering {...props} />}
      {props.may.object && <Objecting {...props} />}
      {props.may.withdraw && <Withdrawing {...props} />}
      <LinkButton href={href(`/acts/${claim.lastSeq}`)} look="quiet" icon="list">
        {t('claims.one.act', { seq: claim.lastSeq })}
      </LinkButton>
    </Layout>
  );
}

function Details({ claim }: { claim: Claim }) {
  const { t } = usePage();
  const href = useVillageHref();
  const agreed = claim.passedByNames
    .map((name, place) => t('claims.one.agreed', { step: t(`claims.step.${claim.needs[place] ?? 'committee'}`), name }))
    .join(t('claims.join'));
  return (
    <Panel>
      <Facts
        facts={[
          {
            label: t('claims.household'),
            value: <a href={href(`/cards/${claim.number}`)}>{`${claim.headName} · ${claim.groupName}`}</a>,
          },
          ...(claim.memberName === null ? [] : [{ label: t('claims.file.forWhom'), value: claim.memberName }]),
          { label: t('claims.what'), value: claim.ruleName },
          { label: t('claims.points'), value: <SignedPoints centipoints={claim.amountCentipoints} /> },
          { label: t('claims.day'), value: <DayText day={claim.occurredOn} /> },
          ...(claim.note ? [{ label: t('claims.note'), value: claim.note }] : []),
          { label: t('claims.recordedBy'), value: claim.recordedByName ?? t('claims.byHousehold') },
          ...(agreed ? [{ label: t('claims.one.agreedBy'), value: agreed }] : []),
          { label: t('claims.state'), value: <ClaimStatus claim={claim} /> },
          ...(claim.reason ? [{ label: t('claims.reason'), value: claim.reason }] : []),
          ...(claim.clearsOn && claim.state !== 'objected' && claim.state !== 'upheld'
            ? [{ label: t('claims.clearsOn'), value: <DayText day={claim.clearsOn} /> }]
            : []),
        ]}
      />
    </Panel>
  );
}

function Passing({ claim, step, idempotencyKey }: ClaimPageProps & { step: ClaimStep }) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <PostForm
      action={href(`/${STEP_PATHS[step]}`)}
      idempotencyKey={idempotencyKey}
      hidden={{ claims: claim.claimId, decision: 'pass' }}
    >
      <SubmitButton icon="check" wide>
        {t('claims.passOne', {
          what: t(`claims.pass.${step}`),
          points: formatSignedPoints(claim.amountCentipoints),
        })}
      </SubmitButton>
    </PostForm>
  );
}

function Returning({ claim, step, idempotencyKey, typed, errors }: ClaimPageProps & { step: ClaimStep }) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Panel title={t('claims.return.title')}>
      <PostForm
        action={href(`/${STEP_PATHS[step]}`)}
        idempotencyKey={`${idempotencyKey}-return`}
        hidden={{ claims: claim.claimId, decision: 'return' }}
        class="flow"
      >
        <TextField
          name="reason"
          label={t('claims.return.reason')}
          hint={t('claims.return.hint')}
          maxLength={100}
          value={typed['reason']}
          error={errorOf(errors, 'reason')}
        />
        <SubmitButton look="secondary" icon="undo">
          {t('claims.return.submit')}
        </SubmitButton>
      </PostForm>
    </Panel>
  );
}

function Resubmitting({ claim, idempotencyKey, typed, errors }: ClaimPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Panel title={t('claims.resubmit.title')}>
      <PostForm
        action={href(`/claims/${claim.claimId}/submissions`)}
        idempotencyKey={`${idempotencyKey}-again`}
        class="flow"
      >
        <TextField
          name="note"
          label={t('claims.note')}
          hint={t('claims.resubmit.hint')}
          maxLength={100}
          value={typed['note'] ?? claim.note ?? ''}
          error={errorOf(errors, 'note')}
        />
        <SubmitButton icon="arrow">{t('claims.resubmit.submit')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}

function Withdrawing({ claim, idempotencyKey, typed, errors }: ClaimPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <details class="more" open={errorOf(errors, 'withdrawal') !== undefined}>
      <summary>{t('claims.withdraw.title')}</summary>
      <PostForm
        action={href(`/claims/${claim.claimId}/withdrawals`)}
        idempotencyKey={`${idempotencyKey}-withdraw`}
        class="more-body flow"
      >
        <TextField
          name="withdrawal"
          label={t('claims.withdraw.reason')}
          maxLength={100}
          value={typed['withdrawal']}
          error={errorOf(errors, 'withdrawal')}
        />
        <SubmitButton look="danger">{t('claims.withdraw.submit')}</SubmitButton>
      </PostForm>
    </details>
  );
}

function Objections({ objections }: ClaimPageProps) {
  const { t } = usePage();
  return (
    <Panel title={t('claims.objection.title')}>
      {objections.map((objection) => (
        <Facts
          key={objection.objectionId}
          facts={[
            { label: t('claims.objection.filedOn'), value: <DayText day={objection.filedOn} /> },
            ...(objection.reason ? [{ label: t('claims.objection.reason'), value: objection.reason }] : []),
            objection.outcome === null
              ? { label: t('claims.objection.answerBy'), value: <DayText day={objection.answerBy} /> }
              : { label: t('claims.objection.outcome'), value: t(`claims.objection.${objection.outcome}`) },
            ...(objection.answer ? [{ label: t('claims.objection.answer'), value: objection.answer }] : []),
            ...(objection.witness ? [{ label: t('claims.objection.witness'), value: objection.witness }] : []),
          ]}
        />
      ))}
    </Panel>
  );
}

function Answering({ claim, idempotencyKey, typed, errors }: ClaimPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Panel title={t('claims.answer.title')}>
      <PostForm
        action={href(`/claims/${claim.claimId}/answers`)}
        idempotencyKey={`${idempotencyKey}-answer`}
        class="flow"
      >
        <ChoiceGroup
          kind="radio"
          name="outcome"
          label={t('claims.answer.outcome')}
          chosen={typed['outcome'] ? [typed['outcome']] : []}
          error={errorOf(errors, 'outcome')}
          choices={[
            { value: 'dismissed', label: t('claims.objection.dismissed') },
            { value: 'upheld', label: t('claims.objection.upheld') },
          ]}
        />
        <TextAreaField
          name="answer"
          label={t('claims.objection.answer')}
          hint={t('claims.answer.hint')}
          rows={3}
          maxLength={200}
          value={typed['answer']}
          error={errorOf(errors, 'answer')}
        />
        <TextField
          name="witness"
          label={t('claims.objection.witness')}
          hint={t('claims.answer.witnessHint')}
          maxLength={40}
          value={typed['witness']}
          error={errorOf(errors, 'witness')}
        />
        <SubmitButton>{t('claims.answer.submit')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}

function Objecting({ claim, idempotencyKey, typed, errors }: ClaimPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <details class="more" open={errorOf(errors, 'objection') !== undefined}>
      <summary>{t('claims.object.title')}</summary>
      <PostForm
        action={href(`/claims/${claim.claimId}/objections`)}
        idempotencyKey={`${idempotencyKey}-object`}
        class="more-body flow"
      >
        <TextAreaField
          name="objection"
          label={t('claims.object.reason')}
          hint={t('claims.object.hint')}
          rows={3}
          maxLength={200}
          value={typed['objection']}
          error={errorOf(errors, 'objection')}
        />
        <SubmitButton look="secondary">{t('claims.object.submit')}</SubmitButton>
      </PostForm>
    </details>
  );
}

function errorOf(errors: FieldErrors, field: string): string | undefined {
  return errors.find(({ name }) => name === field)?.message;
}
