import { toCurrency } from 'n2words/zh-Hans-CN';

/** 大写: money on a receipt as nobody can alter it: 1234560 → 壹万贰仟叁佰肆拾伍元陆角. */
export function capitalYuan(fen: number): string {
  const yuan = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
  // 元 as everywhere else on the sheet; 整 ends whole yuan alone.
  return toCurrency(yuan).replace('圆', '元').replace(/角整$/, '角');
}
