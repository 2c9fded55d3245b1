import { z } from 'zod';
import type { ProblemRows } from './send-workbook.ts';

const cell = z.string().max(300);
const rows = z.object({
  headings: z.array(cell).max(40),
  rows: z.array(z.object({ cells: z.array(cell).max(40), reason: z.string().max(1_000) })).max(5_000),
});

/** What the preview's page carries along for a download; null when somebody changed it. */
export function readProblemRows(text: string): ProblemRows | null {
  try {
    return rows.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
