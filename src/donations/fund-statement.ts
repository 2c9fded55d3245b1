import { FUNDS, type Fund } from '../ledger/index.ts';
import type { Purpose } from './decide-gift.ts';
import type { Gift } from './gifts.ts';

/** 资金: of one pocket, fen. */
export interface FundLine {
  fund: Fund;
  in: number;
  spent: number;
  left: number;
  /** Received, but nobody has looked at it yet: with what is left it is what the list of gifts calls not spent. */
  uninspected: number;
  goodsIn: number;
  byPurpose: Partial<Record<Purpose, number>>;
}

export interface FundStatement {
  funds: FundLine[];
  spendings: { seq: number; on: string; fund: Fund; fen: number; purpose: Purpose }[];
}

/** Money counts once it was inspected, as goods do; the funds in their order, those without anything left out. */
export function fundStatement(gifts: readonly Gift[]): FundStatement {
  const funds = FUNDS.map((fund) => {
    const ofFund = gifts.filter((gift) => gift.fund === fund);
    const own = ofFund.filter(({ inspection }) => inspection?.passed);
    const money = own.filter(({ kind }) => kind === 'money');
    const spendings = money.flatMap((gift) => gift.spendings);
    const byPurpose: Partial<Record<Purpose, number>> = {};
    for (const { purpose, fen } of spendings) byPurpose[purpose] = (byPurpose[purpose] ?? 0) + fen;
    const received = money.reduce((sum, { accepted }) => sum + accepted, 0);
    const spent = spendings.reduce((sum, { fen }) => sum + fen, 0);
    const goodsIn = own.filter(({ kind }) => kind === 'goods').reduce((sum, { accepted }) => sum + accepted, 0);
    const uninspected = ofFund
      .filter(({ kind, inspection }) => kind === 'money' && !inspection)
      .reduce((sum, gift) => sum + gift.received, 0);
    return { fund, in: received, spent, left: received - spent, uninspected, goodsIn, byPurpose };
  });
  const spendings = gifts
    .flatMap(({ fund, spendings: own }) => own.map(({ seq, on, fen, purpose }) => ({ seq, on, fund, fen, purpose })))
    .sort((one, other) => other.seq - one.seq);
  return { funds: funds.filter((line) => line.in + line.goodsIn + line.uninspected > 0), spendings };
}
