import type { PassbookLine } from '../../src/cards/passbook.ts';
import type { Translate } from '../shared/dictionary.ts';

type Told = Pick<
  PassbookLine,
  'subject' | 'reversesSeq' | 'amountCentipoints' | 'ruleName' | 'goods' | 'note' | 'proxyRelation' | 'isOwed'
>;

/** What an entry was for, as people would say it: the rule, the goods, or what was taken back. */
export function passbookWords(t: Translate, line: Told): string {
  const what = line.reversesSeq === null ? actWords(t, line) : undoneWords(t, line, line.reversesSeq);
  return line.note ? t('cards.entry.noted', { what, note: line.note }) : what;
}

function undoneWords(t: Translate, line: Told, seq: number): string {
  const what = actWords(t, line);
  return line.subject === 'points.hold' ? t('cards.entry.released', { what }) : t('cards.entry.reverse', { seq, what });
}

function actWords(t: Translate, { subject, amountCentipoints, ruleName, goods, proxyRelation, isOwed }: Told): string {
  if (subject === 'points.expire') return t('cards.entry.expired');
  if (subject === 'points.convert') return t('cards.entry.converted');
  if (subject === 'points.settle') return t('cards.entry.settled');
  if (subject === 'points.transfer' && isOwed)
    return t(amountCentipoints < 0 ? 'cards.entry.tookOver' : 'cards.entry.givenOver');
  if (subject === 'points.transfer') return t(amountCentipoints < 0 ? 'cards.entry.movedOut' : 'cards.entry.movedIn');
  if (subject === 'points.return') return t(amountCentipoints > 0 ? 'cards.entry.forgiven' : 'cards.entry.returned');
  if (ruleName) return ruleName;
  if (goods.length === 0) return t('cards.entry.open');
  const list = goods.map(({ name, quantity, unit }) => t('cards.entry.goods', { name, quantity, unit }));
  const listed = { goods: list.join(t('shared.comma')) };
  if (subject === 'points.hold') return t('cards.entry.held', listed);
  const what = t('cards.entry.exchange', listed);
  if (proxyRelation === null) return what;
  return t('cards.entry.fetched', { what, relation: t(`exchange.presence.proxy.${proxyRelation}`) });
}
