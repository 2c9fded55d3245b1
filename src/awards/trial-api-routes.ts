import { z } from 'zod';
import { villageOf } from '../people/index.ts';
import { cardNumber, centipoints, day, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { fenOf } from '../platform/points.ts';
import type { Compared } from './decide-replay.ts';
import { type RuleTrial, ruleTrial, type TrialTable } from './rule-trial.ts';
import type { TrialForm } from './trial-form.ts';

const compared = { beforeCentipoints: centipoints, afterCentipoints: centipoints, differenceFen: z.int() };

const trialAnswer = z.object({
  firstDay: day,
  lastDay: day,
  total: z.object({ acts: z.int(), ...compared }),
  rules: z.array(z.object({ rule: z.string(), acts: z.int(), ...compared })),
  households: z.array(z.object({ card: cardNumber, ...compared })),
  unchanged: z.int().meta({ description: 'households that get the same' }),
});

const QUERY =
  'period (2026-10, 2026-Q4 or year-2026-11), monthMax, yearMax, and for each rule that is tried how.CODE (change or end), ' +
  'points.CODE, cap.CODE (day, week, month, quarter, year or occasion), per.CODE (household or person), count.CODE and most.CODE, in points as people write them';

/** The replay of a past period with other rules, as JSON. */
export const trialApi: Routes = async (app, { db: { sql } }) => {
  app.get(
    '/api/v1/villages/:village/rules/trial',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'What the acts of a past period would have given under other rules; nothing is written',
        description: QUERY,
        security: signedIn,
        params: villageParams,
        querystring: z.record(z.string(), z.unknown()),
        response: { 200: trialAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { table, form, trial } = await ruleTrial(sql, villageOf(request).villageId, request.query, request.today);
      if (!trial) {
        const errors = form.wrong.map((field) => ({ field }));
        return reply.refuse({ refused: 'invalid_input', errors });
      }
      return trialInJson(trial, table, form);
    },
  );
};

function trialInJson(
  { total, rules, households, unchanged }: RuleTrial,
  { fenPerPoint }: TrialTable,
  { period: { firstDay, lastDay } }: TrialForm,
): z.infer<typeof trialAnswer> {
  const sums = ({ beforeCentipoints, afterCentipoints }: Compared) => {
    const difference = afterCentipoints - beforeCentipoints;
    const differenceFen = Math.sign(difference) * fenOf(Math.abs(difference), fenPerPoint);
    return { beforeCentipoints, afterCentipoints, differenceFen };
  };
  return {
    firstDay,
    lastDay,
    total: { acts: total.acts, ...sums(total) },
    rules: rules.map(({ rule, acts, ...one }) => ({ rule, acts, ...sums(one) })),
    households: households.map(({ number, ...one }) => ({ card: number, ...sums(one) })),
    unchanged,
  };
}
