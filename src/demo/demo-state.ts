import type { Reader } from '../platform/database/db.ts';

/** Whether a database holds the demonstration, the first part of one, or none. */
export type DemoState = 'none' | 'unfinished' | 'loaded';

/** Can be asked of any database, also of one that was never migrated. */
export async function demoState(sql: Reader): Promise<DemoState> {
  const [table] = await sql<{ exists: boolean }[]>`select to_regclass('public.demo_load') is not null as exists`;
  if (!table?.exists) return 'none';
  const [load] = await sql<{ isFinished: boolean }[]>`select finished_at is not null as "isFinished" from demo_load`;
  if (!load) return 'none';
  return load.isFinished ? 'loaded' : 'unfinished';
}
