import { usePage } from './page-context.ts';

/** Money from integer fen: `2800` → `28 元`, `2850` → `28.50 元`. */
export function Yuan({ fen }: { fen: number }) {
  const { t } = usePage();
  return <span class="yuan">{t('shared.yuanOf', { yuan: formatYuan(fen) })}</span>;
}

/** `123456` → `1,234.56`; whole yuan without decimals. Read by its thousands on a page as in a refusal. */
export function formatYuan(fen: number): string {
  const sign = fen < 0 ? '−' : '';
  const magnitude = Math.abs(fen);
  const rest = magnitude % 100;
  const whole = Math.floor(magnitude / 100).toLocaleString('en-US');
  return rest === 0 ? `${sign}${whole}` : `${sign}${whole}.${String(rest).padStart(2, '0')}`;
}

/** What stands in a field for somebody to type over: `123456` → `1234.56`. */
export function typedYuan(fen: number): string {
  return formatYuan(fen).replaceAll(',', '');
}

/** Where sums are compared nobody needs fen: `4620050` → `46,201`. */
export function wholeYuan(fen: number): string {
  return Math.round(fen / 100).toLocaleString('en-US');
}
