import type { ComponentChildren } from 'preact';
import { usePage } from './page-context.ts';

/** In large letters a button has two lines: no figure stands at the end of the first and its unit at the head of the second. */
export function useWholeAmounts(words: ComponentChildren): ComponentChildren {
  const { textSize } = usePage();
  if (textSize === 'standard' || typeof words !== 'string') return words;
  return words.replace(/(\d) (?=\p{Script=Han})/gu, '$1\u00a0');
}
