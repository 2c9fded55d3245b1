import type { ComponentChildren } from 'preact';
import { formatPoints } from '../../src/platform/points.ts';
import type { Reminder } from '../../src/reminders/index.ts';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { DayText } from '../shared/day-text.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { ReminderState } from './reminder-state.tsx';

export type ReminderPageProps = {
  reminder: Reminder;
  /** Typed into the form that closes it. */
  note: string;
  idempotencyKey: string;
  mayClose: boolean;
  isDone: boolean;
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** One reminder: what it says, the slip for the household, and the form with which it is closed. */
export function ReminderPage({ reminder, note, idempotencyKey, mayClose, isDone, errors, notice }: ReminderPageProps) {
  const { t, today } = usePage();
  const href = useVillageHref();
  const { seq, headName, number, groupName, ruleName, pointsCentipoints, givenOn, due, by, closed, deductSeq } =
    reminder;
  const isStanding = reminder.state === 'standing';
  return (
    <Layout
      title={t('reminders.one', { name: headName })}
      width="narrow"
      crumbs={[{ href: href('/reminders'), label: t('reminders.title') }]}
      errors={errors}
      notice={notice ?? (isDone && <Notice kind="success">{t('reminders.done')}</Notice>)}
      actions={
        isStanding && (
          <LinkButton href={href(`/reminders/${seq}/slip`)} icon="print">
            {t('reminders.slip')}
          </LinkButton>
        )
      }
    >
      <Panel>
        <Facts
          facts={[
            { label: t('reminders.state'), value: <ReminderState reminder={reminder} /> },
            {
              label: t('reminders.household'),
              value: (
                <>
                  <a href={href(`/cards/${number}`)}>{headName}</a> {groupName}
                </>
              ),
            },
            {
              label: t('reminders.rule'),
              value: t('reminders.ruleOption', { name: ruleName, points: formatPoints(-pointsCentipoints) }),
            },
            { label: t('reminders.note'), value: reminder.note ?? t('reminders.erased') },
            { label: t('reminders.givenOn'), value: <DayText day={givenOn} /> },
            { label: t('reminders.due'), value: <DayText day={due} /> },
            { label: t('reminders.by'), value: by },
          ]}
        />
        <p>
          <a href={href(`/acts/${seq}`)}>{t('reminders.act', { seq })}</a>
        </p>
        {closed && (
          <p>
            {t('reminders.closedBy', { name: closed.by, note: closed.note ?? t('reminders.erased') })}{' '}
            <DayText day={closed.on} short />
          </p>
        )}
        {deductSeq !== null && (
          <p>
            <a href={href(`/acts/${deductSeq}`)}>{t('reminders.deducted', { seq: deductSeq })}</a>
          </p>
        )}
      </Panel>
      {isStanding && mayClose && (
        <Panel title={t('reminders.closing.title')}>
          <p>{t('reminders.closing.lead')}</p>
          <PostForm action={href(`/reminders/${seq}/closing`)} idempotencyKey={idempotencyKey} class="flow">
            <TextAreaField
              name="note"
              label={t('reminders.closing.note')}
              hint={t('reminders.closing.noteHint')}
              maxLength={100}
              value={note}
              error={errors.find(({ name }) => name === 'note')?.message}
            />
            <SubmitButton icon="check">{t('reminders.closing.submit')}</SubmitButton>
          </PostForm>
        </Panel>
      )}
      {isStanding && mayClose && due <= today && (
        <Panel title={t('reminders.deducting.title')}>
          <p>{t('reminders.deducting.lead')}</p>
          <LinkButton href={href(`/awards/new?card=${number}&rule=${encodeURIComponent(reminder.rule)}`)} look="danger">
            {t('reminders.deducting.submit', { points: formatPoints(-pointsCentipoints) })}
          </LinkButton>
        </Panel>
      )}
    </Layout>
  );
}
