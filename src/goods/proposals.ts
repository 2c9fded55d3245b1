import { priceInForce } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { likeText } from '../platform/database/like-text.ts';
import type { ProposalState } from './decide-proposal.ts';
import type { ProposalPlace } from './proposal-place.ts';

/** What somebody asks for, with everything that who decides must see. */
export interface Proposal {
  proposalId: number;
  /** `first`: of goods that nobody may have before. */
  kind: 'price' | 'first' | 'writeoff';
  state: ProposalState;
  code: string;
  name: string;
  spec: string;
  unit: string;
  /** Of a price: what was asked for, and what holds today. */
  priceCentipoints: number | null;
  currentCentipoints: number;
  unitValueFen: number;
  /** Of a write-off. */
  lotId: number | null;
  quantity: number | null;
  useBy: string | null;
  reason: string;
  proposedBy: number;
  proposedByName: string;
  proposedAt: Date;
  /** Of a first price: who added the goods, and whether some price of them was approved meanwhile. */
  addedBy: number | null;
  isOffered: boolean;
  decidedBy: number | null;
  decidedByName: string | null;
  decidedAt: Date | null;
  /** Why it was declined. */
  decidedWhy: string | null;
}

interface ProposalWindow {
  villageId: number;
  today: string;
  proposalIds?: readonly number[] | undefined;
  /** Those of one kind of goods alone. */
  code?: string | undefined;
  /** First prices that wait, alone. */
  waitingFirst?: boolean | undefined;
  /** Name, pinyin, initials or code of the goods; empty finds all. */
  query?: string | undefined;
  after?: ProposalPlace | undefined;
  /** All of them unless it says so. */
  limit?: number | undefined;
}

/** Those that are open first, each the newest first. */
export async function proposals(
  sql: Reader,
  { villageId, today, proposalIds, code, waitingFirst = false, query = '', after, limit }: ProposalWindow,
): Promise<Proposal[]> {
  return sql<Proposal[]>`
    select goods_proposal.proposal_id as "proposalId",
           goods_proposal.kind,
           goods_proposal.state,
           goods.code,
           goods.name,
           goods.spec,
           goods.unit,
           goods_proposal.price_centipoints as "priceCentipoints",
           ${priceInForce(sql, today)} as "currentCentipoints",
           coalesce(stock_lot.unit_value_fen, goods.unit_value_fen) as "unitValueFen",
           goods_proposal.lot_id as "lotId",
           goods_proposal.quantity,
           stock_lot.use_by as "useBy",
           goods_proposal.reason,
           goods_proposal.proposed_by as "proposedBy",
           asking.display_name as "proposedByName",
           goods_proposal.proposed_at as "proposedAt",
           adding.recorded_by as "addedBy",
           goods.is_offered as "isOffered",
           goods_proposal.decided_by as "decidedBy",
           deciding.display_name as "decidedByName",
           goods_proposal.decided_at as "decidedAt",
           goods_proposal.decided_why as "decidedWhy"
      from goods_proposal
      join goods
        on goods.village_id = goods_proposal.village_id
       and goods.goods_id = goods_proposal.goods_id
      join person as asking
        on asking.person_id = goods_proposal.proposed_by
      left join act as adding
        on goods_proposal.kind = 'first'
       and adding.village_id = goods.village_id
       and adding.type = 'goods.add'
       and adding.facts ->> 'item' = goods.code
      left join person as deciding
        on deciding.person_id = goods_proposal.decided_by
      left join stock_lot
        on stock_lot.village_id = goods_proposal.village_id
       and stock_lot.lot_id = goods_proposal.lot_id
     where goods_proposal.village_id = ${villageId}
           ${proposalIds === undefined ? sql`` : sql`and goods_proposal.proposal_id = any(${[...proposalIds]}::integer[])`}
           ${code === undefined ? sql`` : sql`and goods.code = ${code}`}
           ${waitingFirst ? sql`and ${waitsForFirst(sql, query)}` : sql``}
           ${after === undefined ? sql`` : sql`and (goods_proposal.state = 'open', goods_proposal.proposal_id) < (${after.isOpen}, ${after.proposalId})`}
     order by goods_proposal.state = 'open' desc, goods_proposal.proposal_id desc
     limit ${limit ?? null}`;
}

/** How many first prices wait, of the goods that are looked for. */
export async function countFirstPrices(sql: Reader, villageId: number, query = ''): Promise<number> {
  const [found] = await sql<{ count: number }[]>`
    select count(*)::integer as count
      from goods_proposal
      join goods
        on goods.village_id = goods_proposal.village_id
       and goods.goods_id = goods_proposal.goods_id
     where goods_proposal.village_id = ${villageId}
       and ${waitsForFirst(sql, query)}`;
  return found?.count ?? 0;
}

function waitsForFirst(sql: Reader, query: string) {
  const text = query.normalize('NFKC').trim().toLowerCase();
  const part = `%${likeText(text)}%`;
  const start = part.slice(1);
  return sql`
    goods_proposal.kind = 'first'
    and goods_proposal.state = 'open'
    and (
      ${text} = ''
      or lower(goods.name || ' ' || goods.spec) like ${part}
      or goods.initials like ${start}
      or goods.pinyin like ${start}
      or lower(goods.code) = ${text}
    )`;
}
