import type { LostActs } from '../auditlog/index.ts';
import type { Sql } from '../platform/database/connect.ts';
import type { Reader } from '../platform/database/db.ts';
import { importAdjustment } from './import-adjustment.ts';
import { lostHonorAccounts, openLostAccounts } from './lost-accounts.ts';
import type { ActType } from './posting.ts';

export interface ImportInput {
  villageId: number;
  lost: LostActs;
  /** Who answers for the import. */
  recordedBy: number;
  /** The village's goods by code. */
  goods: Readonly<Record<string, number>>;
  /** What others keep beside the acts, put right in the same transaction. */
  alsoWrite?: (tx: Reader) => Promise<void>;
}

export type ImportRefusal =
  /** What this act did is more than its leaf says; a newer backup helps, else the log is closed. */
  | { refused: 'act_not_importable'; seq: number; type: string }
  | { refused: 'unknown_account'; seq: number }
  | { refused: 'unknown_goods'; seq: number; code: string };

/** Acts whose leaves say all that they did to points and stock. */
const IMPORTABLE: ReadonlySet<string> = new Set<ActType>([
  'points.open',
  'points.award',
  'points.deduct',
  'points.redeem',
  'points.hold',
  'points.reverse',
  'points.expire',
  'account.freeze',
  'account.unfreeze',
  'stock.in',
  'stock.reverse',
  'stock.check',
  'stock.writeoff',
  'goods.price',
  'goods.terms',
  'goods.restrict',
  'names.change',
  'settings.change',
  'gift.announce',
  'gift.receive',
  'gift.inspect',
  'gift.spend',
  'gift.trace',
  'gift.report',
  'stocktake',
  'stock.adjust',
  'rate.change',
  'points.convert',
  'honor.open',
  'honor.nominate',
  'honor.close',
  'honor.award',
  'honor.backfill',
  'honor.withdraw',
  'log.begin',
]);

export interface LostLeaf {
  type: string;
  occurred: string;
  acct?: string;
  delta?: number;
  goods?: { code: string; quantity: number }[];
  nomination?: number;
  rate?: number;
  opening?: number;
}

/** As the owner of the database: puts lost acts back with all that they moved. All of them or none. */
export async function importActs(
  sql: Sql,
  { villageId, lost, recordedBy, goods, alsoWrite }: ImportInput,
): Promise<{ imported: number } | ImportRefusal> {
  const accounts = await sql<{ pseudonym: string }[]>`
    select pseudonym
      from account
     where village_id = ${villageId}`;
  const { firstSeq } = lost;
  const leaves = lost.leaves.map((bytes) => JSON.parse(bytes.toString('utf8')) as LostLeaf);
  const honored = await lostHonorAccounts(sql, { villageId, firstSeq, leaves });
  const known = new Set([...accounts.map(({ pseudonym }) => pseudonym), ...honored.keys()]);
  for (const [place, leaf] of leaves.entries()) {
    const seq = firstSeq + place;
    if (!IMPORTABLE.has(leaf.type)) return { refused: 'act_not_importable', seq, type: leaf.type };
    if (leaf.acct !== undefined && !known.has(leaf.acct)) return { refused: 'unknown_account', seq };
    const missing = leaf.goods?.find(({ code }) => goods[code] === undefined);
    if (missing) return { refused: 'unknown_goods', seq, code: missing.code };
  }
  await sql.begin(async (tx) => {
    await openLostAccounts(tx, villageId, honored);
    for (const { start, end, adjusted } of stretches(leaves)) {
      const bytes = lost.leaves.slice(start, end).map((leaf) => leaf.toString('hex'));
      await tx`
        select import_acts(
          ${villageId},
          ${firstSeq + start},
          (select array_agg(decode(leaf, 'hex') order by position) from unnest(${bytes}::text[]) with ordinality as given(leaf, position)),
          ${recordedBy},
          ${JSON.stringify(goods)}::text::jsonb
        )`;
      if (adjusted === null) continue;
      const act = { villageId, seq: firstSeq + end - 1, occurredOn: adjusted.occurred };
      const lines = (adjusted.goods ?? []).map(({ code, quantity }) => ({ goodsId: goods[code] ?? 0, quantity }));
      await importAdjustment(tx, act, lines);
    }
    await takeTerms(
      tx,
      villageId,
      leaves.findLast(({ type }) => type === 'rate.change'),
    );
    await alsoWrite?.(tx);
  });
  return { imported: leaves.length };
}

/** Each ends with an act whose goods import_acts does not move, or with the last one: what comes later finds them moved. */
function stretches(leaves: readonly LostLeaf[]): { start: number; end: number; adjusted: LostLeaf | null }[] {
  const parts: { start: number; end: number; adjusted: LostLeaf | null }[] = [];
  let start = 0;
  for (const [place, leaf] of leaves.entries()) {
    const isAdjusted = leaf.type === 'stock.adjust';
    if (!isAdjusted && place < leaves.length - 1) continue;
    parts.push({ start, end: place + 1, adjusted: isAdjusted ? leaf : null });
    start = place + 1;
  }
  return parts;
}

async function takeTerms(sql: Reader, villageId: number, changed: LostLeaf | undefined): Promise<void> {
  if (changed?.rate === undefined || changed.opening === undefined) return;
  await sql`
    update village_terms
       set fen_per_point = ${changed.rate},
           opening_centipoints = ${changed.opening}
     where village_id = ${villageId}`;
}
