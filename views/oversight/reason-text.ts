import type { RiskReason } from '../../src/oversight/index.ts';
import type { Translate } from '../shared/dictionary.ts';

/** Why a village needs a visit, in words. */
export function reasonText(reason: RiskReason, t: Translate): string {
  switch (reason.code) {
    case 'unpublished':
      return reason.months === 1
        ? t('oversight.reason.lastMonth')
        : t('oversight.reason.unpublished', { count: reason.months });
    case 'idle':
      return t('oversight.reason.idle', { count: reason.days });
    case 'shelfEmpty':
      return t('oversight.reason.shelfEmpty');
    case 'shelfThin':
      return t('oversight.reason.shelfThin', { percent: reason.percent });
    case 'budgetUsed':
      return t('oversight.reason.budgetUsed', { percent: reason.percent });
    case 'problemsLate':
      return t('oversight.reason.problemsLate', { count: reason.count, days: reason.days });
    case 'cardsClosed':
      return t('oversight.reason.cardsClosed', { count: reason.cards });
  }
}
