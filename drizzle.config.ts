import { defineConfig } from 'drizzle-kit';

/** Read by `npm run migration`, which hands over a folder of its own: `drizzle/` keeps numbered SQL and one snapshot. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/*/schema.ts',
  out: process.env.DRIZZLE_OUT ?? './drizzle',
});
