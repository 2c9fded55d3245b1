import type { ShelfGoods } from './shelf.ts';

/** A refusal names goods by their code; people know them by their names. */
export function nameGoods<Refusal extends { refused: string; goods?: string }>(
  refusal: Refusal,
  shelf: readonly Pick<ShelfGoods, 'code' | 'name' | 'spec'>[],
): Refusal {
  const item = shelf.find(({ code }) => code === refusal.goods);
  return item ? { ...refusal, goods: `${item.name} ${item.spec}` } : refusal;
}
