import { logSize } from '../auditlog/index.ts';
import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { drawBytes } from '../platform/ids.ts';
import { openProblem } from '../problems/index.ts';
import { villageSettings } from '../settings/index.ts';
import { type CheckRefusal, type DrawRefusal, refuseCheck, refuseDraw } from './decide-sample.ts';
import { type SampleLine, sampleKey } from './draw-sample.ts';
import { samples } from './samples.ts';

interface By {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/**
 * 抽签: publishes the seed of a month that is over. The seed is on the record before anybody can know what it draws, and there is one a
 * month.
 */
export async function publishSeed(
  db: Db,
  { villageId, idempotencyKey, recordedBy, today, month }: By & { month: string },
): Promise<PostedOperation | DrawRefusal | CarryOutRefusal> {
  const request = { villageId, kind: 'sample', idempotencyKey, request: { month }, recordedBy } as const;
  return carryOut<DrawRefusal>(db, request, async () => {
    const expectedSize = await logSize(db.sql, villageId);
    const [all, { sampleSize }] = await Promise.all([samples(db.sql, villageId), villageSettings(db.sql, villageId)]);
    const refusal = refuseDraw(month, { today, drawn: new Set(all.map((sample) => sample.month)) });
    if (refusal) return refusal;
    const seed = drawBytes(16).toString('hex');
    const facts = { month, seed, exchanges: sampleSize, awards: sampleSize, lots: sampleSize };
    return { occurredOn: today, acts: [{ type: 'sample.draw', facts }], expectedSize, isCorrection: true };
  });
}

/** What the first secretary saw of one drawn line. Something found is a problem in the same posting. */
export async function checkLine(
  db: Db,
  {
    villageId,
    idempotencyKey,
    recordedBy,
    today,
    month,
    line,
    isGood,
    note,
  }: By & { month: string; line: SampleLine; isGood: boolean; note: string },
): Promise<PostedOperation | CheckRefusal | CarryOutRefusal> {
  const asked = { month, line: { ...line }, isGood, note };
  const request = { villageId, kind: 'sample', idempotencyKey, request: asked, recordedBy } as const;
  return carryOut<CheckRefusal>(db, request, async () => {
    const expectedSize = await logSize(db.sql, villageId);
    const sample = (await samples(db.sql, villageId)).find((one) => one.month === month);
    const drawn = sample?.lines.find((one) => sampleKey(one) === sampleKey(line));
    const refusal = refuseCheck(asked, { isDrawn: sample !== undefined, state: drawn?.state ?? 'undrawn' });
    if (refusal || !sample) return refusal ?? { refused: 'unknown_sample', month };
    return {
      occurredOn: today,
      acts: [
        {
          type: 'sample.check',
          facts: {
            draw: sample.seq,
            kind: line.kind,
            line: line.seq,
            outcome: isGood ? 'good' : 'finding',
            ...(line.item !== null && { item: line.item }),
          },
          disclosed: { note },
        },
        ...(isGood ? [] : [openProblem({ origin: 'sample', what: note, act: line.seq })]),
      ],
      expectedSize,
      isCorrection: true,
    };
  });
}
