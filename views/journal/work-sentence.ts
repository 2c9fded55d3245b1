import type { Act } from '../../src/journal/index.ts';
import { formatMonth } from '../shared/day-text.tsx';
import { formatSeq, type Language, numberFact, textFact, whose } from './act-sentence.ts';

/** What happened around the points: visits, problems, samples, honours. */
export function workSentence(act: Act, { t, locale }: Language): string {
  const problem = formatSeq(numberFact(act, 'problem'));
  const outcome = textFact(act, 'outcome');
  const title = t(HONORS[textFact(act, 'honor')] ?? 'journal.honor.other');
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
    case 'sample.check':
      return t(outcome === 'good' ? 'journal.sentence.sample.good' : 'journal.sentence.sample.finding', {
        seq: formatSeq(numberFact(act, 'line')),
      });
    case 'honor.open':
      return t('journal.sentence.honor.open', { year: String(numberFact(act, 'year')), title });
    case 'honor.nominate':
      return t('journal.sentence.honor.nominate', { who: whose(act, t), round: formatSeq(numberFact(act, 'round')) });
    case 'honor.review':
      return t(outcome === 'agreed' ? 'journal.sentence.honor.agreed' : 'journal.sentence.honor.refused', {
        nominee: formatSeq(numberFact(act, 'nominee')),
      });
    case 'honor.award':
      return t('journal.sentence.honor.award', { who: whose(act, t), round: formatSeq(numberFact(act, 'round')) });
    default:
      return t(
        textFact(act, 'stage') === 'result'
          ? 'journal.sentence.honor.close'
          : 'journal.sentence.honor.closeNominations',
        { round: formatSeq(numberFact(act, 'round')), count: numberFact(act, 'winners') },
      );
  }
}

const ORIGINS: Readonly<
  Record<string, 'journal.sentence.problem.find.inspection' | 'journal.sentence.problem.find.sample'>
> = {
  inspection: 'journal.sentence.problem.find.inspection',
  sample: 'journal.sentence.problem.find.sample',
};

/** The titles that there are; a village's record may hold others from another version of the program. */
const HONORS: Readonly<
  Record<
    string,
    | 'journal.honor.five-good'
    | 'journal.honor.mother-in-law'
    | 'journal.honor.daughter-in-law'
    | 'journal.honor.star-household'
  >
> = {
  'five-good': 'journal.honor.five-good',
  'mother-in-law': 'journal.honor.mother-in-law',
  'daughter-in-law': 'journal.honor.daughter-in-law',
  'star-household': 'journal.honor.star-household',
};
