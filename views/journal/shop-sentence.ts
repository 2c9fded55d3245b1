import type { Act } from '../../src/journal/index.ts';
import { formatPoints } from '../../src/platform/points.ts';
import type { Translate } from '../shared/dictionary.ts';
import { formatYuan } from '../shared/yuan.tsx';
import { numberFact, textFact } from './act-facts.ts';

/** The caller's cases. */
type ShopSubject = Extract<
  Act['subject'],
  `goods.${string}` | 'stock.check' | 'stock.adjust' | 'stock.writeoff' | 'stocktake' | 'handover' | 'handover.waive'
>;

/** What happened in the shop behind the points: counts, write-offs, prices, second looks. */
export function shopSentence(act: Act, goods: string, t: Translate): string {
  const item = act.itemName ?? '';
  const subject = act.subject as ShopSubject;
  switch (subject) {
    case 'stock.check':
      return t('journal.sentence.stockCheck', { seq: numberFact(act, 'receipt') });
    case 'stock.adjust':
      return t('journal.sentence.stockAdjust', { goods, cause: causeText(textFact(act, 'cause'), t) });
    case 'stock.writeoff':
      return t('journal.sentence.stockWriteoff', { goods, cause: causeText(textFact(act, 'reason'), t) });
    case 'stocktake':
      return t('journal.sentence.stocktake', {
        count: numberFact(act, 'counted'),
        more: formatYuan(numberFact(act, 'surplusFen')),
        less: formatYuan(numberFact(act, 'shortageFen')),
      });
    case 'goods.add':
      return t(act.facts['waits'] === true ? 'journal.sentence.goodsAddWaits' : 'journal.sentence.goodsAdd', {
        item,
        points: formatPoints(numberFact(act, 'price')),
      });
    case 'goods.rename':
      return t('journal.sentence.goodsRename', { was: act.formerName ?? '', item });
    case 'goods.price':
      if (textFact(act, 'method') === 'first')
        return t('journal.sentence.goodsFirstPrice', { item, points: formatPoints(numberFact(act, 'price')) });
      return textFact(act, 'effective') === act.occurredOn
        ? t('journal.sentence.goodsPriceNow', { item, points: formatPoints(numberFact(act, 'price')) })
        : t('journal.sentence.goodsPrice', {
            item,
            day: textFact(act, 'effective'),
            points: formatPoints(numberFact(act, 'price')),
          });
    case 'goods.terms':
      return t('journal.sentence.goodsTerms', { item });
    case 'goods.restrict':
      return t('journal.sentence.goodsRestrict', { item });
    case 'handover':
      return t(HANDED[textFact(act, 'role')] ?? HANDED['storekeeper'], {
        seq: numberFact(act, 'stocktake'),
      });
    case 'handover.waive':
      return t(
        textFact(act, 'role') === 'manager' ? 'journal.sentence.waivedManager' : 'journal.sentence.waivedStorekeeper',
      );
  }
}

const HANDED: Readonly<Record<string, 'journal.sentence.handoverManager' | 'journal.sentence.handoverStorekeeper'>> & {
  storekeeper: 'journal.sentence.handoverStorekeeper';
} = { manager: 'journal.sentence.handoverManager', storekeeper: 'journal.sentence.handoverStorekeeper' };

const CAUSES = {
  damaged: 'goods.cause.damaged',
  expired: 'goods.cause.expired',
  unrecorded: 'goods.cause.unrecorded',
  miscounted: 'goods.cause.miscounted',
  lost: 'goods.cause.lost',
  recalled: 'goods.cause.recalled',
  unexplained: 'goods.cause.unexplained',
  other: 'goods.cause.other',
} as const;

function causeText(cause: string, t: Translate): string {
  return t(cause in CAUSES ? CAUSES[cause as keyof typeof CAUSES] : 'goods.cause.other');
}
