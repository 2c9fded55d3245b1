import { type CarryOutRefusal, carryOut, closedMonths, type PostedOperation, villageTerms } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { decideOpenings, type OpeningRefusal } from './decide-openings.ts';
import { cardPrefix, cardsByNumber } from './household-card.ts';
import { inspectedAccounts } from './inspected-accounts.ts';

export interface OpeningInput {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  occurredOn: string;
  /** Card numbers without repeats. */
  cards: string[];
  today: string;
}

/** 开卡: the opening points, once for each card; all cards or none. */
export async function openCards(
  db: Db,
  { villageId, idempotencyKey, recordedBy, occurredOn, cards: numbers, today }: OpeningInput,
): Promise<PostedOperation | OpeningRefusal | CarryOutRefusal> {
  const request = {
    villageId,
    kind: 'opening',
    idempotencyKey,
    request: { cards: numbers, occurredOn },
    recordedBy,
  } as const;
  return carryOut<OpeningRefusal>(db, request, async () => {
    const [prefix, cards, terms, months, inspected] = await Promise.all([
      cardPrefix(db.sql, villageId),
      cardsByNumber(db.sql, villageId, numbers),
      villageTerms(db.sql, villageId),
      closedMonths(db.sql, villageId),
      inspectedAccounts(db.sql, villageId),
    ]);
    const { openingCentipoints } = terms;
    const decided = decideOpenings(
      { cards: numbers, occurredOn },
      { today, closedMonths: months, openingCentipoints, cardPrefix: prefix, inspected, cards },
    );
    return 'refused' in decided ? decided : { ...decided, occurredOn };
  });
}
