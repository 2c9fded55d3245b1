import type { Sql } from '../../src/platform/database/connect.ts';

/**
 * Lengthens a village's log by acts that nobody did: `{"n":0}`, `{"n":1}` and so on, as in the vectors, or others under another
 * word. Only the owner can, past the one write path; for tests of the tree alone.
 */
export async function addLeaves(ownerSql: Sql, villageId: number, count: number, word = 'n'): Promise<void> {
  await ownerSql`insert into log_head (village_id) values (${villageId}) on conflict do nothing`;
  await ownerSql`
    with grown as (
      update log_head
         set size = size + ${count}
       where village_id = ${villageId}
      returning size - ${count} as first
    )
    insert into act
      (village_id, seq, act_id, operation_id, type, occurred_on, recorded_at, recorded_by, facts, leaf, leaf_hash)
    select ${villageId}, seq, ${word} || seq, 'bulk', 'bulk', '2026-11-21', now(), 1, '{}', leaf, sha256('\\x00'::bytea || leaf)
      from grown
     cross join lateral generate_series(first, first + ${count} - 1) as numbered(seq)
     cross join lateral convert_to('{"' || ${word} || '":' || seq || '}', 'UTF8') as made(leaf)`;
}
