import type { OpenItem } from '../../src/handovers/index.ts';
import type { Translate } from '../shared/dictionary.ts';

/** The page on which an open item is ended: its own where it has one, or that of its kind. */
export function itemPath({ kind, problem }: OpenItem): string {
  return problem === undefined ? ITEM_PATHS[kind] : `${ITEM_PATHS[kind]}/${problem}`;
}

const ITEM_PATHS: Readonly<Record<OpenItem['kind'], string>> = {
  reservation: '/reservations',
  claim: '/claims',
  objection: '/board',
  receipt: '/receipts',
  proposal: '/goods-proposals',
  wish: '/wish-desk',
  problem: '/problems',
};

/** 申报：参加村组集中清扫 */
export function itemText({ kind, what }: OpenItem, t: Translate): string {
  const word = t(`handovers.item.${kind}`);
  return what === '' ? word : t('handovers.itemOf', { word, what });
}
