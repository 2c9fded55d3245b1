import type { Reader } from '../platform/database/db.ts';
import { wantedGoods } from './note-want.ts';
import { type ShelfGoods, shelf } from './shelf.ts';

/** What people came for in vain, the most wanted first, and everything that there is to choose from. */
export async function namedWants(sql: Reader, villageId: number, today: string) {
  const [goods, wanted] = await Promise.all([shelf(sql, villageId, today), wantedGoods(sql, villageId)]);
  const byId = new Map(goods.map((item) => [item.goodsId, item]));
  const wants = wanted
    .flatMap(({ goodsId, times, quantity }) => {
      const item = byId.get(goodsId);
      return item ? [{ code: item.code, name: nameOf(item), unit: item.unit, times, quantity }] : [];
    })
    .sort((one, other) => other.quantity - one.quantity || one.code.localeCompare(other.code));
  return { goods, wants };
}

export function nameOf({ name, spec }: Pick<ShelfGoods, 'name' | 'spec'>): string {
  return `${name} ${spec}`;
}
