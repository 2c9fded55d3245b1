import type { Act } from '../../src/journal/index.ts';
import { activityName } from '../activities/activity-name.ts';
import { honourName } from '../honours/honour-name.ts';
import type { Translate } from '../shared/dictionary.ts';
import { numberFact, textFact } from './act-facts.ts';

/** The caller's cases. */
type HonourSubject = Extract<Act['subject'], `honor.${string}` | `activity${string}`>;

/** Who was honoured, and what the village did together. */
export function honourSentence(act: Act, subject: HonourSubject, who: string, t: Translate): string {
  const honour = honourName(textFact(act, 'honor'), t);
  const round = numberFact(act, 'round');
  switch (subject) {
    case 'honor.open':
      return t('journal.sentence.honor.open', { honour, day: textFact(act, 'closes') });
    case 'honor.nominate':
      return t('journal.sentence.honor.nominate', { who, round });
    case 'honor.close':
      return textFact(act, 'outcome') === 'decided'
        ? t('journal.sentence.honor.decided', { honour, round, count: numberFact(act, 'awards') })
        : t('journal.sentence.honor.abandoned', { honour, round });
    case 'honor.award':
      return t('journal.sentence.honor.award', { who, honour });
    case 'honor.backfill':
      return t('journal.sentence.honor.backfill', { who, rule: act.ruleName ?? '' });
    case 'honor.withdraw':
      return t('journal.sentence.honor.withdraw', { honour, seq: numberFact(act, 'award') });
    case 'honor.move':
      return t((act.amountCentipoints ?? 0) < 0 ? 'journal.sentence.honor.moveOut' : 'journal.sentence.honor.moveIn', {
        who,
      });
    case 'activity':
      return t('journal.sentence.activity', {
        kind: activityName(textFact(act, 'kind'), t),
        count: numberFact(act, 'attended'),
      });
    case 'activity.member':
      return t('journal.sentence.activity.member', { who, activity: numberFact(act, 'activity') });
  }
}
