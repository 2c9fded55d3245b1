import {
  type CarryOutRefusal,
  carryOut,
  type PostedOperation,
  type PostingAnswer,
  type WriteOperation,
} from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { textSearchKeys } from '../platform/search-keys.ts';
import { contentHashOf, newGoodsBasis } from './add-goods.ts';
import { decideNewName, type NewNameRefusal } from './decide-new-goods.ts';

export interface NewNameInput {
  villageId: number;
  code: string;
  name: string;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/** 物品改名: of what the village added itself. What stands in the record goes on under the name of its day: see ledger/goods-in-force.ts. */
export async function renameGoods(
  db: Db,
  { villageId, code, name, idempotencyKey, recordedBy, today }: NewNameInput,
): Promise<PostedOperation | NewNameRefusal | CarryOutRefusal> {
  const request = { villageId, kind: 'goods', idempotencyKey, request: { code, name }, recordedBy } as const;
  return carryOut<NewNameRefusal>(db, request, async () => {
    const { logSize, known } = await newGoodsBasis(db.sql, villageId);
    const decided = decideNewName({ code, name }, known);
    if ('refused' in decided) return decided;
    return {
      acts: [
        {
          type: 'goods.rename',
          facts: { item: code, contentHash: contentHashOf({ ...decided.goods, name }) },
          disclosed: { was: decided.goods.name },
        },
      ],
      occurredOn: today,
      isCorrection: true,
      // The name is free as long as nobody adds or renames anything else.
      expectedSize: logSize,
      write: renaming(code, name),
    };
  });
}

/** See rename_goods.sql. */
function renaming(code: string, name: string): WriteOperation {
  const parameter = JSON.stringify({ code, name, ...textSearchKeys(name) });
  return (sql, villageId, operation) => sql<{ answer: PostingAnswer }[]>`
    select rename_goods(${villageId}, ${operation}::text::jsonb, ${parameter}::text::jsonb) as answer`;
}
