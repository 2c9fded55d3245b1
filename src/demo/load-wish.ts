/**
 * 柳树湾村: a wish that the shop itself fulfils. A household wants a wok, the village buys one, the household fetches it for its points and
 * says thanks. Each by the command that a form would call.
 */
import { redeemGoods } from '../exchange/index.ts';
import type { Db } from '../platform/database/db.ts';
import { fileWish, keepWish } from '../wishes/index.ts';
import { must } from './must.ts';

const WORDS = '家里的铁锅漏了，想要一口新铁锅';

interface Stage {
  db: Db;
  villageId: number;
  managerId: number;
  supervisorId: number;
  /** The household's card. */
  number: string;
}

export function wishForWok({ db, villageId, managerId, supervisorId, number }: Stage) {
  let wishId = '';
  const step = (
    wanted: Parameters<typeof keepWish>[1]['step'],
    { recordedBy, today }: { recordedBy: number; today: string },
  ) =>
    must(
      keepWish(db, { villageId, wishId, step: wanted, recordedBy, today, idempotencyKey: `demo-wok-${wanted.step}` }),
    );
  return {
    wish: async (today: string) => {
      const filed = { villageId, number, kind: 'goods', words: WORDS, contact: null, photos: [], today } as const;
      const made = await must(fileWish(db, { ...filed, recordedBy: null, idempotencyKey: 'demo-wok-wish' }));
      wishId = made.wishId;
    },
    putOnWall: (today: string) =>
      step({ step: 'check', opens: { words: WORDS, item: null } }, { recordedBy: supervisorId, today }),
    fetch: async (code: string, today: string) => {
      const taken = { villageId, card: number, lines: [{ code, quantity: 1 }], recordedBy: managerId, today };
      const { acts } = await must(redeemGoods(db, { ...taken, idempotencyKey: 'demo-wok-fetched' }));
      const redemption = acts[0]?.seq ?? 0;
      await step({ step: 'deliver', as: 'points', giftSeq: null, redemption }, { recordedBy: managerId, today });
    },
    thank: async (today: string) => {
      const by = { recordedBy: supervisorId, today };
      await step({ step: 'echo', words: '新锅炒菜香，谢谢村里想着' }, by);
      await step({ step: 'close' }, by);
    },
  };
}
