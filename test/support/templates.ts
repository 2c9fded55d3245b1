import type { PostgresOptions } from '../../src/platform/database/connect.ts';
import { fillWithCast } from './cast.ts';
import { fillWithDemo } from './demo.ts';

/** Fills a clone of the migrated database once a run; every test that asks for the template gets its own copy. */
export type FillTemplate = (database: { owner: PostgresOptions; app: PostgresOptions }) => Promise<void>;

export const templates = {
  /** All migrations, no rows. */
  migrated: async () => undefined,
  /** Two villages with people, cards and goods: see cast.ts. */
  cast: fillWithCast,
  /** 啊道村 and two small villages of the demonstration with their three months: see demo.ts. */
  demo: fillWithDemo,
} satisfies Record<string, FillTemplate>;

export type TemplateName = keyof typeof templates;
