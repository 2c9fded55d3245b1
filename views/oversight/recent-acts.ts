import type { DeskOperation } from '../../src/oversight/index.ts';
import { villageDay, villageTime } from '../../src/platform/clock.ts';
import type { RecentAct } from '../people/home-page.tsx';
import { formatMonth } from '../shared/day-text.tsx';
import type { Language } from './desk-page.tsx';

const UNDOABLE: readonly DeskOperation['kind'][] = ['award', 'receipt', 'redemption'];

const RESULT_PATHS: Partial<Record<DeskOperation['kind'], string>> = {
  award: 'awards',
  receipt: 'receipts',
  redemption: 'redemptions',
  reversal: 'reversals',
  expiry: 'expiries',
  freezing: 'household-changes',
  unfreezing: 'household-changes',
  recall: 'household-changes',
  replacement: 'household-changes',
  split: 'household-changes',
  merger: 'household-changes',
  departure: 'household-changes',
  settlement: 'household-changes',
};

/** An act of the desk's own list: what was done, where it leads, and the way back where there is one. */
export function recentAct(
  operation: DeskOperation,
  mayReverse: boolean,
  villageHref: string,
  language: Language,
): RecentAct {
  const { operationId, kind, recordedAt, firstSeq, amountCentipoints, isReversed } = operation;
  // What was only reported is withdrawn where it waits.
  const isClaims = kind === 'award' && operation.ruleName === null;
  const result = RESULT_PATHS[kind];
  const sentence = operationSentence(operation, language);
  return {
    seq: firstSeq,
    day: villageDay(recordedAt),
    time: villageTime(recordedAt),
    sentence: isReversed ? language.t('oversight.did.undone', { what: sentence }) : sentence,
    deltaCentipoints: amountCentipoints === 0 ? undefined : amountCentipoints,
    href: result ? `${villageHref}/${result}/${operationId}` : `${villageHref}/acts/${firstSeq}`,
    undoHref:
      mayReverse && !isReversed && UNDOABLE.includes(kind) && !isClaims
        ? `${villageHref}/reversals/new?operation=${operationId}`
        : undefined,
  };
}

function operationSentence(operation: DeskOperation, { t, locale }: Language): string {
  const { kind, actCount, headName, ruleName, goodsNames, reversesSeq, month } = operation;
  const who =
    actCount > 1
      ? t('oversight.did.households', { count: actCount })
      : t('oversight.did.household', { name: headName ?? '' });
  const listed = goodsNames.slice(0, 2).join(t('shared.comma'));
  const goods = goodsNames.length > 2 ? t('oversight.did.goodsMore', { listed, count: goodsNames.length }) : listed;
  switch (kind) {
    case 'founding':
      return t('oversight.did.founding');
    case 'opening':
      return t('oversight.did.opening', { who });
    case 'award':
      // What waits for somebody's word says what it is when it counts.
      return ruleName === null
        ? t('oversight.did.claims', { count: actCount })
        : t('oversight.did.award', { who, rule: ruleName });
    case 'receipt':
      return t('oversight.did.receipt', { goods });
    case 'redemption':
      return t('oversight.did.redemption', { who, goods });
    case 'reversal':
      return actCount > 1
        ? t('oversight.did.reversals', { seq: reversesSeq ?? '', count: actCount })
        : t('oversight.did.reversal', { seq: reversesSeq ?? '' });
    case 'publication':
      return t('oversight.did.publication', { month: month ? formatMonth(month, locale) : '' });
    case 'freezing':
    case 'unfreezing':
    case 'recall':
    case 'replacement':
    case 'split':
    case 'merger':
    case 'departure':
    case 'naming':
    case 'arrival':
    case 'correction':
    case 'settlement':
    case 'expiry':
    case 'names':
    case 'settings':
    case 'rate':
    case 'claim':
    case 'passing':
    case 'posting':
    case 'clearing':
    case 'objection':
    case 'kin':
    case 'waiver':
    case 'reminder':
    case 'check':
    case 'pricing':
    case 'goods':
    case 'writeoff':
    case 'stocktake':
    case 'handover':
    case 'reservation':
    case 'release':
    case 'lapse':
    case 'gift':
    case 'wish':
    case 'erasure':
    case 'visit':
    case 'inspection':
    case 'problem':
    case 'sample':
    case 'honor':
    case 'activity':
      return t(`oversight.did.${kind}`);
    case 'rule':
      return t('oversight.did.rule', { rule: ruleName ?? '' });
  }
}
