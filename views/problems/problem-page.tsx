import type { Role } from '../../src/people/index.ts';
import type { Problem, ShownPhoto } from '../../src/problems/index.ts';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { DayText } from '../shared/day-text.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { type Fact, Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PhotoField, PhotoStrip } from '../shared/photo-field.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { ProblemStateTag } from './problem-state.tsx';

export type StepName = 'assign' | 'fix' | 'check' | 'close' | 'defer';

export type ProblemPageProps = {
  problem: Problem;
  photos: ReadonlyMap<string, ShownPhoto>;
  people: readonly { id: number; displayName: string; role: Role }[];
  /** Which steps the reader may take at all. */
  steps: readonly StepName[];
  paths: Readonly<Record<StepName, { path: string }>>;
  /** The reader owns it or reported the fix, so somebody else checks and closes it. */
  isOwn: boolean;
  idempotencyKey: string;
  /** A step that was not taken: what was typed, and why. */
  answer?:
    | {
        name: StepName;
        form: Readonly<Record<'owner' | 'due' | 'note' | 'outcome' | 'review', string>>;
        errors?: FieldErrors;
        refusal?: { refused: string };
        keptIds?: readonly string[];
      }
    | undefined;
  isDone: boolean;
};

/** From where which steps lead on; the server decides again. */
const OPEN_STEPS: Readonly<Record<Problem['state'], readonly StepName[]>> = {
  found: ['assign', 'defer'],
  assigned: ['fix', 'assign', 'defer'],
  fixed: ['check'],
  checked: ['close', 'check'],
  closed: [],
  long_term: ['assign', 'defer'],
};

/** One problem: its way so far, and what can be done next. */
export function ProblemPage(props: ProblemPageProps) {
  const { problem, photos, steps, isOwn, answer, isDone } = props;
  const { t, locale } = usePage();
  const href = useVillageHref();
  const open = OPEN_STEPS[problem.state].filter((step) => steps.includes(step));
  const waitsForOther = isOwn && open.some((step) => step === 'check' || step === 'close');
  const forms = open.filter((step) => !isOwn || (step !== 'check' && step !== 'close'));
  return (
    <Layout
      title={t('problems.titleOf', { n: problem.n })}
      lead={problem.what || t('problems.erased')}
      width="narrow"
      crumbs={[{ href: href('/problems'), label: t('problems.title') }]}
      errors={answer?.errors ?? []}
      notice={
        answer?.refusal ? (
          <Notice kind="refusal" focused>
            {refusalText(locale, answer.refusal)}
          </Notice>
        ) : (
          isDone && (
            <Notice kind="success" focused>
              {t('problems.done')}
            </Notice>
          )
        )
      }
    >
      <Panel>
        <Facts facts={factsOf(props)} />
      </Panel>
      <Panel title={t('problems.way')}>
        <ol class="flow">
          {problem.steps.map((step) => (
            <li key={step.seq}>
              <DayText day={step.day} />{' '}
              {t(step.isGood === false ? 'problems.step.sentBack' : `problems.step.${step.type}`, {
                by: step.by,
                owner: step.owner ?? '',
              })}
              {step.note !== '' && step.type !== 'problem.find' && <p>{step.note}</p>}{' '}
              <a class="act-number" href={href(`/acts/${step.seq}`)}>
                {t('problems.onRecord', { seq: step.seq })}
              </a>
              <PhotoStrip
                photos={step.photos.flatMap((id) => photos.get(id) ?? [])}
                what={t('problems.titleOf', { n: problem.n })}
              />
            </li>
          ))}
        </ol>
      </Panel>
      {waitsForOther && <Notice kind="info">{t('problems.secondPerson')}</Notice>}
      {forms.map((name) => (
        <StepForm key={name} name={name} {...props} />
      ))}
    </Layout>
  );
}

function factsOf({ problem }: ProblemPageProps): Fact[] {
  const { t } = usePage();
  const href = useVillageHref();
  const { household, act, owner, due } = problem;
  const facts: Fact[] = [
    { label: t('problems.state'), value: <ProblemStateTag problem={problem} /> },
    { label: t('problems.origin'), value: t(`problems.origin.${problem.origin}`) },
    { label: t('problems.foundOn'), value: <DayText day={problem.foundOn} /> },
    { label: t('problems.owner'), value: owner ?? t('problems.nobody') },
  ];
  if (household) {
    const name = t('problems.householdOf', { name: household.name, group: household.groupName });
    facts.push({ label: t('problems.household'), value: <a href={href(`/cards/${household.card}`)}>{name}</a> });
  }
  if (act !== null) {
    facts.push({
      label: t('problems.about'),
      value: <a href={href(`/acts/${act}`)}>{t('problems.onRecord', { seq: act })}</a>,
    });
  }
  if (due) {
    const label = problem.state === 'long_term' ? t('problems.review') : t('problems.due');
    facts.push({ label, value: <DayText day={due} /> });
  }
  return facts;
}

function StepForm({ name, problem, people, paths, idempotencyKey, answer }: ProblemPageProps & { name: StepName }) {
  const { t } = usePage();
  const href = useVillageHref();
  const own = answer?.name === name ? answer : undefined;
  const errorOf = (field: string) => own?.errors?.find((error) => error.name === field)?.message;
  const note = (label: string, hint?: string) => (
    <TextAreaField
      name="note"
      id={`${name}Note`}
      label={label}
      hint={hint}
      rows={2}
      maxLength={200}
      value={own?.form.note}
      error={errorOf(`${name}Note`)}
      optional={name !== 'defer'}
    />
  );
  return (
    <Panel title={t(`problems.do.${name}`)}>
      <PostForm
        action={href(`/problems/${problem.n}/${paths[name].path}`)}
        idempotencyKey={own ? idempotencyKey : `${idempotencyKey}-${name}`}
        enctype={name === 'fix' ? 'multipart/form-data' : undefined}
      >
        {name === 'assign' && (
          <>
            <SelectField
              name="owner"
              label={t('problems.owner')}
              prompt={t('problems.choose')}
              value={own?.form.owner}
              error={errorOf('owner')}
              options={people.map(({ id, displayName, role }) => ({
                value: String(id),
                label: t('problems.personWith', { name: displayName, role: t(`people.role.${role}`) }),
              }))}
            />
            <TextField
              name="due"
              type="date"
              label={t('problems.due')}
              value={own?.form.due}
              error={errorOf('due')}
              size="short"
            />
          </>
        )}
        {name === 'fix' && (
          <>
            {note(t('problems.how'), t('problems.howHint'))}
            <PhotoField keptIds={own?.keptIds} />
          </>
        )}
        {name === 'check' && (
          <>
            <ChoiceGroup
              kind="radio"
              name="outcome"
              label={t('problems.outcome')}
              chosen={[own?.form.outcome ?? '']}
              error={errorOf('outcome')}
              choices={
                problem.state === 'checked'
                  ? [{ value: 'bad', label: t('problems.bad') }]
                  : [
                      { value: 'good', label: t('problems.good') },
                      { value: 'bad', label: t('problems.bad') },
                    ]
              }
            />
            {note(t('problems.note'))}
          </>
        )}
        {name === 'defer' && (
          <>
            <TextField
              name="review"
              type="date"
              label={t('problems.review')}
              value={own?.form.review}
              error={errorOf('review')}
              size="short"
            />
            {note(t('problems.why'))}
          </>
        )}
        <SubmitButton look={name === 'defer' ? 'secondary' : 'primary'}>{t(`problems.submit.${name}`)}</SubmitButton>
      </PostForm>
    </Panel>
  );
}
