/** Whether what a rule says is forbidden, or may count only after a named decision. */
import { AVOID, type AvoidCode, REVIEW, type RedLine, type ReviewCode } from './red-lines.ts';

export interface RuleText {
  name: string;
  evidence: string;
  /** Negative for a deduction. */
  pointsCentipoints: number;
}

/** The line and the words that touch it. */
export interface Touched<Code> {
  line: Code;
  words: string;
}

/** What is forbidden hides in the evidence as well: a deduction “proved” by a petition is one for the petition. */
export function forbiddenLine({ name, evidence, pointsCentipoints }: RuleText): Touched<AvoidCode> | null {
  return firstTouched(AVOID, [name, evidence], pointsCentipoints);
}

/** By the name alone: a paper of the police or of a court is good evidence. */
export function reviewLine({ name, pointsCentipoints }: RuleText): Touched<ReviewCode> | null {
  return firstTouched(REVIEW, [name], pointsCentipoints);
}

function firstTouched<Line extends RedLine>(
  lines: readonly Line[],
  texts: readonly string[],
  pointsCentipoints: number,
): Touched<Line['code']> | null {
  for (const { code, appliesTo, words } of lines) {
    if (appliesTo === 'deduction' && pointsCentipoints > 0) continue;
    for (const text of texts) {
      const found = words.exec(plain(text));
      if (found) return { line: code, words: found[0] };
    }
  }
  return null;
}

/** Spaces and dots between the signs hide nothing: 上 访, 上·访. */
function plain(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s\p{P}\p{S}\p{Cf}]/gu, '');
}
