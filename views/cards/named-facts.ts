import type { Translate } from '../shared/dictionary.ts';

/** Who of a household is named; nothing where nobody is. */
export function namedFacts(t: Translate, members: readonly { name: string }[]): { label: string; value: string }[] {
  if (members.length === 0) return [];
  return [{ label: t('cards.one.named'), value: members.map(({ name }) => name).join(t('shared.comma')) }];
}
