import type { Reader } from '../platform/database/db.ts';
import { problems } from '../problems/index.ts';
import type { Handover } from './handovers.ts';

/**
 * Which problem each open one is, by its number, and in the words of whoever found it. They are read where the list is shown and kept
 * with none, so that what is erased is gone from there too.
 */
export async function titleProblems(sql: Reader, villageId: number, shown: readonly Handover[]): Promise<Handover[]> {
  const hasAny = shown.some(({ openItems }) => openItems?.some(({ kind }) => kind === 'problem'));
  if (!hasAny) return [...shown];
  const found = new Map((await problems(sql, villageId)).map((problem) => [problem.seq, problem]));
  return shown.map((handover) => ({
    ...handover,
    openItems:
      handover.openItems?.map((item) => {
        const problem = item.kind === 'problem' && item.seq !== null ? found.get(item.seq) : undefined;
        return problem ? { ...item, what: problem.what, problem: problem.n } : item;
      }) ?? null,
  }));
}
