import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Tx } from '../platform/database/db.ts';
import { newPseudonym } from '../platform/ids.ts';
import { writeChange } from './change-household.ts';
import { decideMembersChange } from './decide-members.ts';
import { cardsByNumber } from './household-card.ts';
import type { CardRows, HouseholdChangeRefusal } from './household-change.ts';
import { byHousehold, membersOf } from './members.ts';

export interface NamingInput {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
  /** Each card once. */
  namings: readonly { number: string; names: readonly string[] }[];
}

/**
 * 登记成员, many households at once: an act for each, all of them or none. Whoever was named in the meantime is passed over, and null
 * says that everybody was.
 */
export async function nameMembers(
  tx: Tx,
  { villageId, idempotencyKey, recordedBy, today, namings }: NamingInput,
): Promise<PostedOperation | HouseholdChangeRefusal | CarryOutRefusal | null> {
  const asked = { namings: namings.map(({ number, names }) => [number, ...names]) };
  const request = { villageId, kind: 'naming', idempotencyKey, request: asked, recordedBy } as const;
  const outcome = await carryOut<HouseholdChangeRefusal | typeof NOBODY>({ sql: tx }, request, async () => {
    const cards = await cardsByNumber(
      tx,
      villageId,
      namings.map(({ number }) => number),
    );
    const members = await membersOf(
      tx,
      villageId,
      cards.map(({ householdId }) => householdId),
    );
    const cardOf = new Map(cards.map((card) => [card.number, card]));
    const membersAt = byHousehold(members);
    const acts = [];
    const rows = { recalled: [], households: [], added: [] } as CardRows & { added: NonNullable<CardRows['added']> };
    for (const { number, names } of namings) {
      const card = cardOf.get(number);
      if (!card) return { refused: 'unknown_card', number };
      const named = membersAt.get(card.householdId) ?? [];
      const fresh = names.filter((name) => !named.some((member) => member.name === name));
      if (fresh.length === 0) continue;
      const change = { kind: 'naming', card: number, reason: '', names: fresh } as const;
      const decided = decideMembersChange(change, { card, members: named, drawMember: newPseudonym });
      if ('refused' in decided) return decided;
      acts.push(...decided.acts);
      rows.households.push(...decided.rows.households);
      rows.added.push(...(decided.rows.added ?? []));
    }
    return acts.length === 0 ? NOBODY : { acts, occurredOn: today, isCorrection: true, write: writeChange(rows) };
  });
  return 'refused' in outcome && outcome.refused === NOBODY.refused ? null : outcome;
}

const NOBODY = { refused: 'nobody_to_name' } as const;
