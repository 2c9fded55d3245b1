import type { Act, ActGoods } from '../../src/journal/index.ts';
import { ERASED_NAME } from '../../src/platform/i18n/erased-name.ts';
import type { Locale } from '../../src/platform/i18n/locale.ts';
import { formatPoints, formatSignedPoints } from '../../src/platform/points.ts';
import { settingsText } from '../settings/setting-text.ts';
import { formatMonth } from '../shared/day-text.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { formatYuan } from '../shared/yuan.tsx';
import { numberFact, textFact } from './act-facts.ts';
import { givingSentence } from './giving-sentence.ts';
import { honourSentence } from './honour-sentence.ts';
import { shopSentence } from './shop-sentence.ts';
import { workSentence } from './work-sentence.ts';

/** What `usePage()` gives. */
type Language = { t: Translate; locale: Locale };

/** What happened, in one plain sentence without the points: 王*国家 参加村组集中清扫. */
export function actSentence(act: Act, language: Language): string {
  const { t } = language;
  if (act.reversesSeq === null) return subjectSentence(act, language);
  if (act.subject === 'points.hold') return releaseSentence(act, act.reversesSeq, t);
  return t('journal.sentence.reversal', { seq: act.reversesSeq, what: subjectSentence(act, language) });
}

/** The points beside the sentence: what leaves publicity for the card is said by the award that follows, not as taken away. */
export function pointsBeside({ subject, amountCentipoints }: Act): number | null {
  return subject === 'points.clear' ? null : amountCentipoints;
}

function subjectSentence(act: Act, { t, locale }: Language): string {
  const household = act.household?.name;
  const rule = act.ruleName ?? '';
  const goods = goodsText(act.goods, t);
  switch (act.subject) {
    case 'village.open':
      return t('journal.sentence.founding', {
        opening: formatPoints(numberFact(act, 'opening')),
        rate: formatYuan(numberFact(act, 'rate')),
      });
    case 'points.open':
      return t('journal.sentence.opening', { household: household ?? '' });
    case 'points.award':
      return awardSentence(act, t('journal.sentence.award', { household: household ?? '', rule }), t);
    case 'points.deduct': {
      const what =
        household === undefined
          ? t('journal.sentence.deductUnnamed', { rule })
          : t('journal.sentence.deduct', { household, rule });
      if (act.facts['beyond'] === undefined) return what;
      return t('journal.sentence.beyond', { what, points: formatPoints(numberFact(act, 'beyond')) });
    }
    case 'points.redeem':
      return act.facts['paper'] === undefined
        ? t('journal.sentence.redeem', { household: household ?? '', goods })
        : t('journal.sentence.redeemPaper', { household: household ?? '', goods, slip: numberFact(act, 'paper') });
    case 'points.hold':
      return t('journal.sentence.hold', { who: whose(act, t), goods, day: textFact(act, 'until') });
    case 'stock.in':
      return receiptSentence(act, goods, t);
    case 'stock.check':
    case 'stock.adjust':
    case 'stock.writeoff':
    case 'stocktake':
    case 'goods.add':
    case 'goods.rename':
    case 'goods.price':
    case 'goods.terms':
    case 'goods.restrict':
    case 'handover':
    case 'handover.waive':
      return shopSentence(act, goods, t);
    case 'account.freeze':
    case 'account.unfreeze':
    case 'account.close':
    case 'card.recall':
    case 'card.replace':
    case 'household.split':
    case 'household.merge':
    case 'household.leave':
    case 'household.correct':
    case 'points.expire':
    case 'points.convert':
    case 'points.settle':
      return t(`journal.sentence.${act.subject}`, { who: whose(act, t) });
    case 'points.return':
      return t(
        (act.amountCentipoints ?? 0) > 0 ? 'journal.sentence.points.forgiven' : 'journal.sentence.points.return',
        {
          who: whose(act, t),
        },
      );
    case 'household.join': {
      const arrived = numberFact(act, 'arrived');
      return arrived > 0
        ? t('journal.sentence.household.arrive', { who: whose(act, t), count: arrived })
        : t('journal.sentence.household.name', { who: whose(act, t), count: countFact(act, 'members') });
    }
    case 'points.transfer':
      return t(transferSentence(act), { who: whose(act, t) });
    case 'claim.submit':
    case 'claim.return':
    case 'claim.withdraw':
    case 'claim.convert':
    case 'points.clear':
      return t(`journal.sentence.${act.subject}`, { who: whose(act, t) });
    case 'reminder.give':
      return t('journal.sentence.reminder.give', { who: whose(act, t), rule });
    case 'reminder.close':
      return t('journal.sentence.reminder.close', { who: whose(act, t) });
    case 'claim.pass':
      return t(passSentence(textFact(act, 'step')), { who: whose(act, t) });
    case 'claim.post':
      return t('journal.sentence.claim.post', { sheet: numberFact(act, 'sheet'), count: countFact(act, 'lines') });
    case 'points.pend':
      return t('journal.sentence.points.pend', { who: whose(act, t), rule });
    case 'objection.file':
    case 'kin.declare':
      return t(`journal.sentence.${act.subject}`);
    case 'objection.answer':
      return t(
        textFact(act, 'outcome') === 'upheld'
          ? 'journal.sentence.objection.upheld'
          : 'journal.sentence.objection.dismissed',
      );
    case 'duties.waive':
      return waiverSentence(act, t);
    case 'gift.announce':
    case 'gift.receive':
    case 'gift.inspect':
    case 'gift.spend':
    case 'gift.trace':
    case 'gift.report':
    case 'wish.file':
    case 'wish.check':
    case 'wish.open':
    case 'wish.decline':
    case 'wish.claim':
    case 'wish.release':
    case 'wish.deliver':
    case 'wish.echo':
    case 'wish.close':
      return givingSentence(act, goods, t);
    case 'rule.change':
      return numberFact(act, 'points') === 0
        ? t('journal.sentence.ruleEnd', { rule, day: textFact(act, 'effective') })
        : t('journal.sentence.ruleChange', {
            rule,
            day: textFact(act, 'effective'),
            points: formatSignedPoints(numberFact(act, 'points')),
          });
    case 'rate.change':
      return t('journal.sentence.rate.change', {
        was: formatYuan(numberFact(act, 'was')),
        rate: formatYuan(numberFact(act, 'rate')),
        before: formatPoints(numberFact(act, 'before')),
        after: formatPoints(numberFact(act, 'after')),
      });
    case 'settings.change':
      return t('journal.sentence.settings', { values: settingsText(act.facts['values'], t) });
    case 'names.change':
      return t(namesSentence(numberFact(act, 'level')));
    case 'publication':
      return t('journal.sentence.publication', {
        month: formatMonth(act.published?.month ?? '', locale),
        version: act.published?.version ?? 0,
      });
    case 'inspection.plan':
    case 'inspection.result':
    case 'problem.find':
    case 'problem.assign':
    case 'problem.fix':
    case 'problem.check':
    case 'problem.close':
    case 'problem.defer':
    case 'sample.draw':
    case 'sample.check':
      return workSentence(act, act.subject, whose(act, t), { t, locale });
    case 'honor.open':
    case 'honor.nominate':
    case 'honor.close':
    case 'honor.award':
    case 'honor.backfill':
    case 'honor.withdraw':
    case 'honor.move':
    case 'activity':
    case 'activity.member':
      return honourSentence(act, act.subject, whose(act, t), t);
    case 'erasure':
      return t('journal.sentence.erasure');
    case 'log.begin':
      return t('journal.sentence.logBegin', { size: numberFact(act, 'size') });
    case 'points.reverse':
    case 'stock.reverse':
      throw new Error(`act ${act.seq} reverses a reversal`);
  }
}

const RELEASE_SENTENCES = {
  cancelled: 'journal.sentence.release.cancelled',
  lapsed: 'journal.sentence.release.lapsed',
  fetched: 'journal.sentence.release.fetched',
} as const;

/** For how many of the rule's units, and what sets free what was given. */
function awardSentence({ facts }: Act, what: string, t: Translate): string {
  const { times, match } = facts;
  const several = times === undefined ? what : t('journal.sentence.times', { what, count: Number(times) });
  return match === undefined ? several : t('journal.sentence.gift', { what: several, points: Number(match) });
}

function releaseSentence(act: Act, reversesSeq: number, t: Translate): string {
  const cause = textFact(act, 'cause') as keyof typeof RELEASE_SENTENCES;
  return t(RELEASE_SENTENCES[cause] ?? RELEASE_SENTENCES.cancelled, { seq: reversesSeq });
}

const PASS_SENTENCES = {
  record: 'journal.sentence.claim.pass.record',
  group: 'journal.sentence.claim.pass.group',
  committee: 'journal.sentence.claim.pass.committee',
  supervisor: 'journal.sentence.claim.pass.supervisor',
} as const;

function passSentence(step: string): (typeof PASS_SENTENCES)[keyof typeof PASS_SENTENCES] {
  return PASS_SENTENCES[step as keyof typeof PASS_SENTENCES] ?? PASS_SENTENCES.committee;
}

function countFact({ facts }: Act, name: string): number {
  const value = facts[name];
  return Array.isArray(value) ? value.length : 0;
}

function waiverSentence(act: Act, t: Translate): string {
  const { duties } = act.facts;
  if (!Array.isArray(duties) || duties.length === 0) return t('journal.sentence.duties.end');
  const lifts = duties.includes('solvency_stop');
  const both = lifts && duties.length > 1;
  const sentence = both ? 'duties.both' : lifts ? 'duties.lift' : 'duties.waive';
  return t(`journal.sentence.${sentence}`, { day: textFact(act, 'until') });
}

const NAMES_SENTENCES = [
  'journal.sentence.names.0',
  'journal.sentence.names.1',
  'journal.sentence.names.2',
  'journal.sentence.names.3',
] as const;

function namesSentence(level: number): (typeof NAMES_SENTENCES)[number] {
  return NAMES_SENTENCES[level] ?? NAMES_SENTENCES[2];
}

function whose({ household }: Act, t: Translate): string {
  // Said by the sentence that it stands in.
  if (household?.name === ERASED_NAME) return household.name;
  return household
    ? t('journal.sentence.household', { household: household.name })
    : t('journal.sentence.someHousehold');
}

function transferSentence({ amountCentipoints, facts }: Act) {
  const isOut = (amountCentipoints ?? 0) < 0;
  if (facts['owed'] === true) return isOut ? 'journal.sentence.owedOut' : 'journal.sentence.owedIn';
  return isOut ? 'journal.sentence.transferOut' : 'journal.sentence.transferIn';
}

function receiptSentence({ source }: Act, goods: string, t: Translate): string {
  const name = source?.name ?? '';
  if (source?.kind === 'purchase') {
    return name === ''
      ? t('journal.sentence.purchaseUnnamed', { goods })
      : t('journal.sentence.purchase', { source: name, goods });
  }
  return name === ''
    ? t('journal.sentence.donationUnnamed', { goods })
    : t('journal.sentence.donation', { source: name, goods });
}

/** 大米 5kg/袋 × 1、食盐 400g/袋 × 2 */
export function goodsText(goods: readonly Pick<ActGoods, 'name' | 'spec' | 'quantity'>[], t: Translate): string {
  return goods
    .map(({ name, spec, quantity }) => t('journal.goodsLine', { name, spec, quantity }))
    .join(t('shared.comma'));
}
