import type { Act } from '../../src/journal/index.ts';

/** `1234` → `1,234` */
export function formatSeq(seq: number): string {
  return String(seq);
}

export function textFact({ facts }: Act, name: string): string {
  const value = facts[name];
  return typeof value === 'string' ? value : '';
}

export function numberFact({ facts }: Act, name: string): number {
  const value = facts[name];
  return typeof value === 'number' ? value : 0;
}
