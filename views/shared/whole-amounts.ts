import type { ComponentChildren } from 'preact';
import { usePage } from './page-context.ts';

/** No figure stands at the end of a line and its unit at the head of the next. */
export function wholeAmounts(words: string): string {
  return words.replace(/(\d) (?=\p{Script=Han})/gu, '$1\u00a0');
}

/** The same where it is needed on a button: in large letters it has two lines. */
export function useWholeAmounts(words: ComponentChildren): ComponentChildren {
  const { textSize } = usePage();
  return textSize === 'standard' || typeof words !== 'string' ? words : wholeAmounts(words);
}
