import { z } from 'zod';
import { ROLES } from '../people/index.ts';
import { problems } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { demoAccounts } from './demo-accounts.ts';

const demoAnswer = z.object({
  accounts: z.array(
    z.object({
      username: z.string(),
      password: z.string(),
      role: z.enum(ROLES),
      village: z.string().nullable().meta({ description: 'code; null for an office above the villages' }),
      region: z.object({ code: z.string(), name: z.string() }),
      displayName: z.string(),
    }),
  ),
});

export const demoApi: Routes = async (app, { config, db: { sql } }) => {
  app.get(
    '/api/v1/demo',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'Accounts to try the demonstration with; there are none without demonstration data',
        response: { 200: demoAnswer, ...problems },
      },
    },
    async (request, reply) => {
      if (!config.demo) return reply.refuse({ refused: 'not_found' });
      const accounts = await demoAccounts(sql, request.today);
      return {
        accounts: accounts.map(({ region: { code, name, level }, ...account }) => ({
          ...account,
          village: level === 'village' ? code : null,
          region: { code, name },
        })),
      };
    },
  );
};
