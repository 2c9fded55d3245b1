import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { dayText } from '../calendar-text.ts';

/** Parts that the requests and answers of several acts share. Amounts are integers in hundredths of a point, days ISO 8601. */

/** Twelve digits. */
export const villageParams = z.object({ village: z.string() });

export const cardNumber = z
  .string()
  .regex(/^\d{10}$/)
  .meta({ description: 'ten digits', examples: ['0010010001'] });

export const day = dayText.meta({ description: 'day in village time (Asia/Shanghai)', examples: ['2026-11-21'] });

export const quantity = z.int().min(1).max(9999);

export const centipoints = z.int().meta({ description: 'hundredths of a point' });

/** One key for one intention: the same key again answers as the first time. Left out, every request is an act of its own. */
export const idempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .transform((key) => key ?? randomUUID()),
});

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'stable; never translated' }),
    detail: z.string().meta({ description: 'a sentence in the language of Accept-Language' }),
    instance: z.string(),
  })
  .loose()
  .meta({ description: 'RFC 9457 problem details' });

/** The refusals that a route may answer, for the document at /api/openapi.json. */
export const problems = {
  400: problem,
  401: problem,
  403: problem,
  404: problem,
  409: problem,
  422: problem,
} as const;

/** A list, with a cursor when there is more. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().optional() });
}

/** Which rights a route needs, for the document: a bearer token. */
export const signedIn = [{ session: [] }];
