import { z } from 'zod';
import { centipoints } from '../platform/http/api-schemas.ts';
import { fenOf } from '../platform/points.ts';
import type { VillageRuleCheck } from './rule-check.ts';

const limit = centipoints.nullable().meta({ description: 'null where nothing limits it' });

export const checkAnswer = z.object({
  findings: z.array(
    z
      .object({
        finding: z.string().meta({ description: 'stable code' }),
        level: z.enum(['bad', 'warning', 'notice']),
        rules: z.array(z.string()),
      })
      .loose(),
  ),
  most: z.object({
    lines: z.array(
      z.object({
        rule: z.string(),
        isOutsideLimits: z.boolean(),
        periods: z.int().nullable(),
        perPeriodCentipoints: limit,
        yearCentipoints: limit,
      }),
    ),
    rulesCentipoints: limit,
    monthsCentipoints: limit,
    withinCentipoints: limit,
    outsideCentipoints: centipoints,
    uncapped: z.array(z.string()).meta({ description: 'come on top each time' }),
    totalCentipoints: limit,
    totalFen: z.int().nullable(),
  }),
});

export function checkInJson({ findings, most, fenPerPoint }: VillageRuleCheck): z.infer<typeof checkAnswer> {
  const { lines, totalCentipoints } = most;
  return {
    findings: findings.map((finding) => ({ ...finding })),
    most: {
      ...most,
      lines: lines.map(({ code, isOutsideLimits, periods, perPeriodCentipoints, yearCentipoints }) => ({
        rule: code,
        isOutsideLimits,
        periods,
        perPeriodCentipoints,
        yearCentipoints,
      })),
      totalFen: totalCentipoints === null ? null : fenOf(totalCentipoints, fenPerPoint),
    },
  };
}
