import type { Act } from '../../src/journal/index.ts';

export function textFact({ facts }: Act, name: string): string {
  const value = facts[name];
  return typeof value === 'string' ? value : '';
}

export function numberFact({ facts }: Act, name: string): number {
  const value = facts[name];
  return typeof value === 'number' ? value : 0;
}
