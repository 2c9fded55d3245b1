/** The very bodies that the product hands to post_act, caught before they are posted, so that the posting can be measured alone. */
import type { Sql } from '../../src/platform/database/connect.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';

export interface PostingBody {
  villageId: number;
  operation: string;
}

/** Lets a command decide on the real database and keeps what it would have posted. */
export async function catchBody(sql: Sql, command: (db: Db) => Promise<unknown>): Promise<PostingBody> {
  let caught: PostingBody | null = null;
  const catching = new Proxy(sql, {
    apply: (target, self, args: [TemplateStringsArray | string, ...unknown[]]) => {
      // A name is escaped by the same function.
      if (typeof args[0] === 'string' || !args[0].join('').includes('post_act('))
        return Reflect.apply(target, self, args) as unknown;
      caught = { villageId: Number(args[1]), operation: withoutExpectation(String(args[2])) };
      return Promise.resolve([{ answer: { code: 'posted', operationId: '', recordedAt: '', acts: [] } }]);
    },
  });
  await command({ ...createDb(sql), sql: catching });
  if (caught === null) throw new Error('the command posted nothing');
  return caught;
}

/** An account goes on between the catch and the posting; what the posting alone is spared by it is to the product's disadvantage. */
function withoutExpectation(operation: string): string {
  return JSON.stringify(
    JSON.parse(operation, (name, value: unknown) => (name === 'expectedN' ? undefined : value)) as unknown,
  );
}

/** The posting call itself, prepared, and that it was posted. */
export async function postBare(sql: Sql, { villageId, operation }: PostingBody): Promise<void> {
  const [row] = await sql<{ answer: { code: string } }[]>`
    select post_act(${villageId}, ${operation}::text::jsonb) as answer`;
  if (row?.answer.code !== 'posted') throw new Error(`the posting was answered ${row?.answer.code}`);
}
