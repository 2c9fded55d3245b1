import type { ShelfGoods } from './shelf.ts';

/** What a search looks at. */
type FindableGoods = Pick<ShelfGoods, 'code' | 'barcode' | 'name' | 'spec' | 'pinyin' | 'initials'>;

/**
 * The goods that somebody may mean by a code, a barcode, a name, pinyin or initials: only the one that is named exactly, or
 * else all that fit, those that begin with the words first.
 */
export function findGoods<Goods extends FindableGoods>(goods: readonly Goods[], query: string): Goods[] {
  const words = query.normalize('NFKC').trim().toLowerCase();
  if (words === '') return [];
  const exact = goods.find(({ code, barcode }) => code.toLowerCase() === words || barcode === words);
  if (exact) return [exact];
  const compact = words.replace(/\s+/g, '');
  const ranked = goods.flatMap((item) => {
    const rank = rankOf(item, compact);
    return rank === null ? [] : [{ item, rank }];
  });
  return ranked.sort((left, right) => left.rank - right.rank).map(({ item }) => item);
}

function rankOf({ name, spec, pinyin, initials }: FindableGoods, words: string): number | null {
  const full = `${name}${spec}`.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
  if (full === words) return 0;
  if (full.startsWith(words) || initials.startsWith(words) || pinyin.startsWith(words)) return 1;
  // One letter or digit in the middle of a word would fit nearly everything.
  const isTelling = words.length > 1 || /\p{Script=Han}/u.test(words);
  return isTelling && (full.includes(words) || initials.includes(words) || pinyin.includes(words)) ? 2 : null;
}
