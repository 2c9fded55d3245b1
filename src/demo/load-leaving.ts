/**
 * 柳树湾村: a family that came back and was put on the list goes away again before its card was opened, and asks to be forgotten; a card
 * that was lent to strangers is taken back. Each by the command that a form would call.
 */
import { changeHousehold, registerHouseholds, villagerGroups } from '../cards/index.ts';
import type { Config } from '../platform/config.ts';
import type { Db } from '../platform/database/db.ts';
import { eraseHousehold } from '../privacy/index.ts';
import { must } from './must.ts';
import type { PhotoPlace } from './take-photo.ts';

interface Hand {
  villageId: number;
  recordedBy: number;
  today: string;
}

const FAMILY = { headName: '田远帆', memberCount: 2, phone: null };

/** Nobody ever took a photo of them, so nothing is looked for here. */
const NOWHERE: Pick<Config, 'dataDir' | 'photoStorage'> = { dataDir: '' };

/** Answers the card that waits for them. */
export async function comeBack({ sql }: Db, villageId: number): Promise<string> {
  const [group] = await villagerGroups(sql, villageId);
  const [number] = await registerHouseholds(sql, villageId, [{ ...FAMILY, groupId: group?.groupId ?? 0 }]);
  return number ?? '';
}

export async function goAway(db: Db, hand: Hand, card: string): Promise<void> {
  const reason = '开卡前全家又去西安做工，户口也迁走了';
  const change = { kind: 'departure', card, reason, leaving: FAMILY.memberCount, newHead: null } as const;
  await must(changeHousehold(db, { ...hand, change, idempotencyKey: 'demo-gone' }));
}

/** The county's administrator does it, as they asked in writing. */
export async function forget(db: Db, hand: Hand, number: string, photoPlace: PhotoPlace): Promise<void> {
  const asked = { ...hand, number, reason: '本人来信要求删除', idempotencyKey: 'demo-forgotten' };
  await must(eraseHousehold({ db, config: photoPlace ?? NOWHERE }, asked));
}

export async function recallCard(db: Db, hand: Hand, card: string): Promise<void> {
  const change = { kind: 'recall', card, reason: '把卡借给外村亲戚来兑换，两委谈话后再补发' } as const;
  await must(changeHousehold(db, { ...hand, change, idempotencyKey: 'demo-recall' }));
}
