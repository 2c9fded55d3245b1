/**
 * 柳树湾村: the first secretary finds something on the county's list that does harm in the fields; the village will never have it. Each by
 * the command that a form would call.
 */
import { restrictGoods } from '../goods/index.ts';
import { addDays } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import { changeProblem, recordFinding } from '../problems/index.ts';
import { must } from './must.ts';

const FILM = 'AG005';

interface Stage {
  db: Db;
  villageId: number;
  managerId: number;
  supervisorId: number;
}

type Step = Parameters<typeof changeProblem>[1]['step'];

export function thinFilm({ db, villageId, managerId, supervisorId }: Stage) {
  let problem = 0;
  const step = async (wanted: Step, recordedBy: number, today: string) => {
    const by = { villageId, recordedBy, today, idempotencyKey: `demo-film-${wanted.kind}` };
    await must(changeProblem(db, { ...by, problem, step: wanted }));
  };
  return {
    find: async (today: string) => {
      const by = { villageId, recordedBy: supervisorId, today, idempotencyKey: 'demo-film' };
      const found = await must(recordFinding(db, { ...by, what: '货单上的地膜太薄，用过就碎在地里收不回来' }));
      problem = found.acts[0]?.seq ?? 0;
      await step({ kind: 'assign', ownerId: managerId, due: addDays(today, 7) }, supervisorId, today);
    },
    stop: async (today: string) => {
      const by = { villageId, recordedBy: managerId, today, idempotencyKey: 'demo-film-stop' };
      await must(restrictGoods(db, { ...by, code: FILM }));
      await step({ kind: 'fix', note: '两委商量定了：这种地膜不进、不兑', photoCount: 0 }, managerId, today);
    },
    close: async (today: string) => {
      await step({ kind: 'check', isGood: true, note: '' }, supervisorId, today);
      await step({ kind: 'close' }, supervisorId, today);
    },
  };
}
