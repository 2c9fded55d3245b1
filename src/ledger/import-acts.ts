import type { LostActs } from '../auditlog/index.ts';
import type { Sql } from '../platform/database/connect.ts';
import type { ActType } from './posting.ts';

export interface ImportInput {
  villageId: number;
  lost: LostActs;
  /** Who answers for the import. */
  recordedBy: number;
  /** The village's goods by code. */
  goods: Readonly<Record<string, number>>;
}

export type ImportRefusal =
  /** What this act did is more than its leaf says; only closing the log is left. */
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
  'log.begin',
]);

interface LostLeaf {
  type: string;
  acct?: string;
  delta?: number;
  goods?: { code: string }[];
}

/** As the owner of the database: puts lost acts back with all that they moved. All of them or none. */
export async function importActs(
  sql: Sql,
  { villageId, lost, recordedBy, goods }: ImportInput,
): Promise<{ imported: number } | ImportRefusal> {
  const accounts = await sql<{ pseudonym: string }[]>`
    select pseudonym
      from account
     where village_id = ${villageId}`;
  const known = new Set(accounts.map(({ pseudonym }) => pseudonym));
  for (const [place, bytes] of lost.leaves.entries()) {
    const seq = lost.firstSeq + place;
    const leaf = JSON.parse(bytes.toString('utf8')) as LostLeaf;
    if (!IMPORTABLE.has(leaf.type)) return { refused: 'act_not_importable', seq, type: leaf.type };
    if (leaf.acct !== undefined && !known.has(leaf.acct)) return { refused: 'unknown_account', seq };
    const missing = leaf.goods?.find(({ code }) => goods[code] === undefined);
    if (missing) return { refused: 'unknown_goods', seq, code: missing.code };
  }
  const leaves = lost.leaves.map((leaf) => leaf.toString('hex'));
  await sql`
    select import_acts(
      ${villageId},
      ${lost.firstSeq},
      (select array_agg(decode(leaf, 'hex') order by position) from unnest(${leaves}::text[]) with ordinality as given(leaf, position)),
      ${recordedBy},
      ${JSON.stringify(goods)}::text::jsonb
    )`;
  return { imported: lost.leaves.length };
}
