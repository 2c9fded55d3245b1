import { usePage } from './page-context.ts';

/** Money from integer fen: `2800` → `28 元`, `2850` → `28.50 元`. */
export function Yuan({ fen }: { fen: number }) {
  const { t } = usePage();
  return <span class="yuan">{t('shared.yuanOf', { yuan: formatYuan(fen) })}</span>;
}

/** `123456` → `1234.56`; whole yuan without decimals. */
export function formatYuan(fen: number): string {
  const sign = fen < 0 ? '−' : '';
  const magnitude = Math.abs(fen);
  const rest = magnitude % 100;
  const whole = Math.floor(magnitude / 100);
  return rest === 0 ? `${sign}${whole}` : `${sign}${whole}.${String(rest).padStart(2, '0')}`;
}

/** Where sums are compared nobody needs fen, and large ones are read by their thousands: `4620000` → `46,200`. */
export function wholeYuan(fen: number): string {
  return Math.round(fen / 100).toLocaleString('en-US');
}
