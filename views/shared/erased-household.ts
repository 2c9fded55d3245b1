import { ERASED_NAME } from '../../src/platform/i18n/erased-name.ts';

/** What a name is told to be of: 王建国家, 王建国’s household. */
const OF_A_NAME = /\{(\w+)\}(?:家(?!庭)|’s household)?/g;

/**
 * Whose name was erased is spoken of as a household: 已按要求删除家 is nobody's. `household` is how the language calls it inside a
 * sentence.
 */
export function speakOfErased(
  text: string,
  values: Readonly<Record<string, string | number>>,
  household: string,
): string {
  if (!Object.values(values).includes(ERASED_NAME)) return text;
  return text.replace(OF_A_NAME, (whole, name: string, at: number) =>
    values[name] === ERASED_NAME ? (at === 0 ? capitalised(household) : household) : whole,
  );
}

function capitalised(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
