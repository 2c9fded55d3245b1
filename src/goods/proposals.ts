import { priceInForce } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import type { ProposalState } from './decide-proposal.ts';

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
  decidedByName: string | null;
  decidedAt: Date | null;
  /** Why it was declined. */
  decidedWhy: string | null;
}

interface ProposalWindow {
  villageId: number;
  today: string;
  proposalId?: number | undefined;
  /** Those of one kind of goods alone. */
  code?: string | undefined;
  beforeId?: number | undefined;
  limit: number;
}

/** Those that are open first, each the newest first. */
export async function proposals(
  sql: Reader,
  { villageId, today, proposalId, code, beforeId, limit }: ProposalWindow,
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
           ${proposalId === undefined ? sql`` : sql`and goods_proposal.proposal_id = ${proposalId}`}
           ${code === undefined ? sql`` : sql`and goods.code = ${code}`}
           ${beforeId === undefined ? sql`` : sql`and goods_proposal.proposal_id < ${beforeId} and state <> 'open'`}
     order by goods_proposal.state = 'open' desc, goods_proposal.proposal_id desc
     limit ${limit}`;
}
