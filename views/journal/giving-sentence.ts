import type { Act } from '../../src/journal/index.ts';
import type { Translate } from '../shared/dictionary.ts';
import { formatYuan } from '../shared/yuan.tsx';
import { numberFact, textFact } from './act-facts.ts';

/** Gifts and wishes. Neither a donor nor a household is named here: who they are is theirs to say. */
export function givingSentence(act: Act, goods: string, t: Translate): string {
  const gift = numberFact(act, 'gift');
  const yuan = formatYuan(numberFact(act, 'fen'));
  const subject: string = act.subject;
  switch (subject) {
    case 'gift.announce':
      return textFact(act, 'kind') === 'money'
        ? t('journal.sentence.gift.announceMoney', { yuan })
        : t('journal.sentence.gift.announceGoods', { goods, yuan });
    case 'gift.receive':
      return t('journal.sentence.gift.receive', { gift, receipt: numberFact(act, 'receipt'), yuan });
    case 'gift.inspect':
      return textFact(act, 'outcome') === 'passed'
        ? t('journal.sentence.gift.passed', { gift, yuan })
        : t('journal.sentence.gift.refused', { gift });
    case 'gift.spend':
      return t(SPENT[textFact(act, 'purpose')] ?? SPENT.other, { gift, yuan });
    case 'gift.trace':
      return t('journal.sentence.gift.trace', {
        gift,
        pieces: numberFact(act, 'pieces'),
        households: numberFact(act, 'households'),
        yuan,
      });
    case 'gift.report':
      return t('journal.sentence.gift.report', { gift });
    case 'wish.claim':
      return t('journal.sentence.wish.claim', { day: textFact(act, 'until') });
    case 'wish.deliver':
      return t(
        textFact(act, 'as') === 'points' ? 'journal.sentence.wish.deliverPoints' : 'journal.sentence.wish.deliverGift',
      );
    default:
      return t(WISHED[subject as keyof typeof WISHED]);
  }
}

const WISHED = {
  'wish.file': 'journal.sentence.wish.file',
  'wish.check': 'journal.sentence.wish.check',
  'wish.open': 'journal.sentence.wish.open',
  'wish.decline': 'journal.sentence.wish.decline',
  'wish.release': 'journal.sentence.wish.release',
  'wish.echo': 'journal.sentence.wish.echo',
  'wish.close': 'journal.sentence.wish.close',
} as const;

type Spent =
  | 'journal.sentence.gift.spendGoods'
  | 'journal.sentence.gift.spendTransport'
  | 'journal.sentence.gift.spendPacking'
  | 'journal.sentence.gift.spendOther';

const SPENT: Readonly<Record<string, Spent>> & { other: 'journal.sentence.gift.spendOther' } = {
  goods: 'journal.sentence.gift.spendGoods',
  transport: 'journal.sentence.gift.spendTransport',
  packing: 'journal.sentence.gift.spendPacking',
  other: 'journal.sentence.gift.spendOther',
};
