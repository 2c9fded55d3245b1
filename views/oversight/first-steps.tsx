import type { FirstStep } from '../../src/oversight/index.ts';
import { ButtonRow, LinkButton } from '../shared/button.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { type ScreenName, ScreenPicture } from '../shared/screen-picture.tsx';
import { StatusTag } from '../shared/status-tag.tsx';

type Done = Readonly<Record<FirstStep, boolean>>;

const STEPS: Readonly<Record<FirstStep, { path: string; picture: ScreenName }>> = {
  roster: { path: '/roster', picture: 'screenRoster' },
  cards: { path: '/cards/openings/new', picture: 'screenCards' },
  goods: { path: '/receipts/new', picture: 'screenGoods' },
  second: { path: '/first-steps#second', picture: 'screenPeople' },
  award: { path: '/awards/new', picture: 'screenAward' },
  notice: { path: '/publications', picture: 'screenNotice' },
};

const stepsOf = (done: Done) =>
  Object.keys(STEPS).map((step) => ({ step: step as FirstStep, isDone: done[step as FirstStep] }));

/** On the desk as long as something is left: the next step, and how far one is. */
export function FirstStepsBox({ done, villageHref }: { done: Done; villageHref: string }) {
  const { t } = usePage();
  const steps = stepsOf(done);
  const next = steps.find(({ isDone }) => !isDone);
  if (!next) return null;
  const count = steps.filter(({ isDone }) => isDone).length;
  return (
    <Panel
      title={t('oversight.first.title')}
      aside={<StatusTag tone="warning">{t('oversight.first.progress', { done: count, all: steps.length })}</StatusTag>}
    >
      <p>
        <strong>{t(`oversight.first.${next.step}`)}</strong> {t(`oversight.first.${next.step}Hint`)}
      </p>
      <ButtonRow>
        <LinkButton href={`${villageHref}${STEPS[next.step].path}`} look="primary" icon="arrow">
          {t(`oversight.first.${next.step}Link`)}
        </LinkButton>
        <LinkButton href={`${villageHref}/first-steps`}>{t('oversight.first.all')}</LinkButton>
      </ButtonRow>
    </Panel>
  );
}

/** All steps, each with what it is, one link and a picture of the page to which it leads. */
export function FirstStepsPage({ done, villageHref }: { done: Done | null; villageHref: string }) {
  const { t } = usePage();
  return (
    <Layout
      title={t('oversight.first.title')}
      lead={done ? t('oversight.first.lead') : t('oversight.first.allDone')}
      width="narrow"
      crumbs={[{ href: `${villageHref}/desk`, label: t('people.home.title') }]}
    >
      {done &&
        stepsOf(done).map(({ step, isDone }, index) => (
          <Panel
            key={step}
            id={step}
            title={`${index + 1}. ${t(`oversight.first.${step}`)}`}
            aside={
              <StatusTag tone={isDone ? 'good' : 'plain'}>
                {isDone ? t('oversight.first.done') : t('oversight.first.open')}
              </StatusTag>
            }
          >
            <p>{t(`oversight.first.${step}Hint`)}</p>
            <ScreenPicture name={STEPS[step].picture} of={t(`oversight.first.${step}Link`)} />
            {step !== 'second' && (
              <LinkButton href={`${villageHref}${STEPS[step].path}`} icon="arrow">
                {t(`oversight.first.${step}Link`)}
              </LinkButton>
            )}
          </Panel>
        ))}
    </Layout>
  );
}
