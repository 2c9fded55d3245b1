import type { Reader } from '../platform/database/db.ts';
import type { LostLeaf } from './import-acts.ts';

/**
 * Accounts of honour points that were opened after the backup: whose each is follows from the nomination that its first honour names. By
 * pseudonym, the pseudonym of the household's account of points that can be spent.
 */
export async function lostHonorAccounts(
  sql: Reader,
  { villageId, firstSeq, leaves }: { villageId: number; firstSeq: number; leaves: readonly LostLeaf[] },
): Promise<Map<string, string>> {
  const awards = leaves.filter(({ type }) => type === 'honor.award');
  const kept = await sql<{ seq: number; acct: string }[]>`
    select seq,
           facts ->> 'acct' as acct
      from act
     where village_id = ${villageId}
       and type = 'honor.nominate'
       and seq = any(${awards.map(({ nomination = -1 }) => nomination)}::bigint[])`;
  const nominated = new Map(kept.map(({ seq, acct }) => [seq, acct]));
  for (const [place, { type, acct }] of leaves.entries()) {
    if (type === 'honor.nominate' && acct !== undefined) nominated.set(firstSeq + place, acct);
  }
  return new Map(
    awards.flatMap(({ acct = '', nomination = -1 }) => {
      const owner = nominated.get(nomination);
      return owner === undefined ? [] : [[acct, owner] as const];
    }),
  );
}

/** As the owner of the database; those that are here stay as they are. */
export async function openLostAccounts(
  sql: Reader,
  villageId: number,
  owners: ReadonlyMap<string, string>,
): Promise<void> {
  await sql`
    insert into account (village_id, holder_id, kind, status, pseudonym)
    select ${villageId}, owner.holder_id, 'honor', 'active', lost.pseudonym
      from unnest(${[...owners.keys()]}::text[], ${[...owners.values()]}::text[]) as lost(pseudonym, owner)
      join account as owner
        on owner.village_id = ${villageId}
       and owner.pseudonym = lost.owner
        on conflict (village_id, holder_id, kind) do nothing`;
}
