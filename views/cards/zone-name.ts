import { isWordKey, type Translate } from '../shared/dictionary.ts';

/** 粮油, 日用品: the part of the shop in which goods stand. */
export function zoneName(t: Translate, zone: string): string {
  const key = `goods.zone.${zone}`;
  return isWordKey(key) ? (t as (word: string) => string)(key) : zone;
}
