import type { Warning } from '../../src/oversight/index.ts';
import type { Locale } from '../../src/platform/i18n/locale.ts';
import { formatDay } from '../shared/day-text.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { formatYuan } from '../shared/yuan.tsx';
import { reasonText } from './reason-text.ts';

/** What a warning says, in a sentence. */
export function warningText(
  warning: Warning,
  { t, locale, today }: { t: Translate; locale: Locale; today: string },
): string {
  switch (warning.code) {
    case 'expired':
    case 'expiring': {
      const { name, unit, quantity, useBy } = warning;
      const day = formatDay(useBy, locale, { today, short: true });
      return t(`oversight.warnings.${warning.code}`, { name, unit, quantity, day });
    }
    case 'slow': {
      const { name, unit, quantity, days } = warning;
      return t('oversight.warnings.slow', { name, unit, quantity, days });
    }
    case 'low': {
      const { name, unit, quantity } = warning;
      return t('oversight.warnings.low', { name, unit, quantity });
    }
    case 'gone':
      return t('oversight.warnings.gone', { name: warning.name });
    case 'receiptsUnchecked':
    case 'proposalsWait':
    case 'wishesUnchecked':
    case 'giftsUninspected':
    case 'claimsWait': {
      const { code, count, days } = warning;
      const waited = days === 0 ? t('oversight.warnings.waitedToday') : t('oversight.warnings.waited', { days });
      return t(`oversight.warnings.${code}`, { count, waited });
    }
    case 'wishesRunOut':
    case 'thanksDue':
      return t(`oversight.warnings.${warning.code}`, { count: warning.count, days: warning.days });
    case 'objectionsOpen':
      return warning.days < 0
        ? t('oversight.warnings.objectionsLate', { count: warning.count, days: -warning.days })
        : t('oversight.warnings.objectionsOpen', { count: warning.count, days: warning.days });
    case 'handoverDue':
      return warning.days === 0
        ? t('oversight.warnings.handoverDueToday', { from: warning.from, to: warning.to })
        : t('oversight.warnings.handoverDue', { from: warning.from, to: warning.to, days: warning.days });
    case 'slipsMissing':
      return t('oversight.warnings.slipsMissing', { count: warning.count });
    case 'neverCounted':
      return t('oversight.warnings.neverCounted');
    case 'countOverdue':
      return t('oversight.warnings.countOverdue', { days: warning.days });
    case 'countUnexplained':
      return t('oversight.warnings.countUnexplained', { kinds: warning.kinds });
    case 'countDiffers':
      return t('oversight.warnings.countDiffers', { yuan: formatYuan(warning.varianceFen) });
    case 'booksWrong':
      return t('oversight.warnings.booksWrong', { findings: warning.findings });
    case 'booksUnchecked':
      return warning.days === null
        ? t('oversight.warnings.booksNever')
        : t('oversight.warnings.booksUnchecked', { days: warning.days });
    case 'unpublished':
    case 'idle':
    case 'shelfEmpty':
    case 'shelfThin':
    case 'budgetUsed':
    case 'problemsLate':
    case 'cardsClosed':
      return reasonText(warning, t);
  }
}
