import type { ActDraft } from '../ledger/index.ts';
import type { StoredPhoto } from '../photos/index.ts';

/** Where problems come from. */
export const PROBLEM_ORIGINS = ['manual', 'inspection', 'sample', 'stocktake', 'objection', 'warning'] as const;

export type ProblemOrigin = (typeof PROBLEM_ORIGINS)[number];

export interface Finding {
  origin: ProblemOrigin;
  /** What is the matter; only its salted digest stands in the public record. */
  what: string;
  /** The account of the household that it is about. */
  pseudonym?: string | undefined;
  /** The number of the act that it is about. */
  act?: number | undefined;
  /** The warning that it was written down from: its code, and the goods that it is about. */
  warning?: { code: string; item: string | null } | undefined;
  photos?: readonly StoredPhoto[] | undefined;
}

/**
 * 立一个问题: the act to post together with what brought it up, in the same call, so that there is no finding without its problem. Its
 * number on the village's page is its place among all such acts, so numbers have no gap and none is used twice.
 */
export function openProblem({ origin, what, pseudonym, act, warning, photos = [] }: Finding): ActDraft {
  return {
    type: 'problem.find',
    facts: {
      origin,
      ...(pseudonym !== undefined && { acct: pseudonym }),
      ...(act !== undefined && { act }),
      ...(warning && { warning: warning.code, ...(warning.item !== null && { item: warning.item }) }),
      ...photoFacts(photos),
    },
    disclosed: { what },
  };
}

/** As every act names photos: by their public ids, and by the hash of each picture. */
export function photoFacts(photos: readonly StoredPhoto[]) {
  return photos.length > 0 ? { photos: photos.map(({ publicId, sha256 }) => ({ photo: publicId, sha256 })) } : {};
}
