import type { Act } from '../../src/journal/index.ts';
import type { Locale } from '../../src/platform/i18n/locale.ts';
import { formatMonth } from '../shared/day-text.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { numberFact, textFact } from './act-facts.ts';

/** The caller's cases. */
type WorkSubject = Extract<Act['subject'], `inspection.${string}` | `problem.${string}` | `sample.${string}`>;

/** What happened around the points: visits, problems, samples. */
export function workSentence(
  act: Act,
  subject: WorkSubject,
  who: string,
  { t, locale }: { t: Translate; locale: Locale },
): string {
  const problem = numberFact(act, 'problem');
  const outcome = textFact(act, 'outcome');
  switch (subject) {
    case 'inspection.plan':
      return t('journal.sentence.inspection.plan', { who, day: textFact(act, 'due') });
    case 'inspection.result':
      return t(
        act.facts['passed'] === true ? 'journal.sentence.inspection.passed' : 'journal.sentence.inspection.failed',
        {
          who,
          marks: numberFact(act, 'total'),
        },
      );
    case 'problem.find':
      return t(`journal.sentence.problem.find.${originOf(act)}`);
    case 'problem.assign':
      return t('journal.sentence.problem.assign', { problem, day: textFact(act, 'due') });
    case 'problem.check':
      return t(outcome === 'good' ? 'journal.sentence.problem.good' : 'journal.sentence.problem.bad', { problem });
    case 'problem.defer':
      return t('journal.sentence.problem.defer', { problem, day: textFact(act, 'review') });
    case 'problem.fix':
    case 'problem.close':
      return t(`journal.sentence.${subject}`, { problem });
    case 'sample.draw':
      return t('journal.sentence.sample.draw', {
        month: formatMonth(textFact(act, 'month'), locale),
        count: numberFact(act, 'exchanges') + numberFact(act, 'awards') + numberFact(act, 'lots'),
      });
    case 'sample.check':
      return t(outcome === 'good' ? 'journal.sentence.sample.good' : 'journal.sentence.sample.finding', {
        seq: numberFact(act, 'line'),
      });
  }
}

const ORIGINS = ['inspection', 'sample', 'stocktake', 'objection', 'warning'] as const;

function originOf(act: Act): (typeof ORIGINS)[number] | 'manual' {
  const origin = textFact(act, 'origin');
  return ORIGINS.find((one) => one === origin) ?? 'manual';
}
