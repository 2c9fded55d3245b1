import type { Act } from '../../src/journal/index.ts';
import { formatMonth } from '../shared/day-text.tsx';
import { formatSeq, type Language, numberFact, textFact, whose } from './act-sentence.ts';

/** What happened around the points: visits, problems, samples. */
export function workSentence(act: Act, { t, locale }: Language): string {
  const problem = formatSeq(numberFact(act, 'problem'));
  const outcome = textFact(act, 'outcome');
  switch (act.subject) {
    case 'inspection.plan':
      return t('journal.sentence.inspection.plan', { who: whose(act, t), day: textFact(act, 'due') });
    case 'inspection.result':
      return t(
        act.facts['passed'] === true ? 'journal.sentence.inspection.passed' : 'journal.sentence.inspection.failed',
        {
          who: whose(act, t),
          marks: numberFact(act, 'total'),
        },
      );
    case 'problem.find':
      return t(ORIGINS[textFact(act, 'origin')] ?? 'journal.sentence.problem.find.manual');
    case 'problem.assign':
      return t('journal.sentence.problem.assign', { problem, day: textFact(act, 'due') });
    case 'problem.check':
      return t(outcome === 'good' ? 'journal.sentence.problem.good' : 'journal.sentence.problem.bad', { problem });
    case 'problem.defer':
      return t('journal.sentence.problem.defer', { problem, day: textFact(act, 'review') });
    case 'problem.fix':
    case 'problem.close':
      return t(`journal.sentence.${act.subject}`, { problem });
    case 'sample.draw':
      return t('journal.sentence.sample.draw', {
        month: formatMonth(textFact(act, 'month'), locale),
        count: numberFact(act, 'exchanges') + numberFact(act, 'awards') + numberFact(act, 'lots'),
      });
    default:
      return t(outcome === 'good' ? 'journal.sentence.sample.good' : 'journal.sentence.sample.finding', {
        seq: formatSeq(numberFact(act, 'line')),
      });
  }
}

const ORIGINS: Readonly<
  Record<string, 'journal.sentence.problem.find.inspection' | 'journal.sentence.problem.find.sample'>
> = {
  inspection: 'journal.sentence.problem.find.inspection',
  sample: 'journal.sentence.problem.find.sample',
};
