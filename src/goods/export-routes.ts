import { offerList, readInPages } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { CAUSES, type Cause } from './causes.ts';
import { namedWants } from './named-wants.ts';
import { pricesSaid } from './price-history.ts';
import type { ProposalPlace } from './proposal-place.ts';
import { type Proposal, proposals } from './proposals.ts';
import { receipts } from './receipt.ts';
import { shelf } from './shelf.ts';
import { slipList } from './slip-numbers.ts';
import { stockList } from './stock-list.ts';

/** 库存、进货、分值、等人同意的、货架、没有货的: each with one row for each kind of goods. */
export const goodsExportRoutes: Routes = async (app, services) => {
  const { sql } = services.db;

  offerList(app, services, {
    name: 'goods',
    access: 'village.read',
    title: (t) => t('goods.stock.title'),
    rows: ({ placeId, today }) => stockList(sql, placeId, today),
    columns: (t) => [
      { label: t('goods.code'), cell: ({ code }) => code },
      { label: t('shared.list.goods'), cell: ({ name }) => name },
      { label: t('shared.list.spec'), cell: ({ spec }) => spec },
      { label: t('shared.list.unit'), cell: ({ unit }) => unit },
      { label: t('goods.import.zone'), cell: ({ zone }) => t(`goods.zone.${zone}`) },
      { label: t('goods.import.barcode'), cell: ({ barcode }) => barcode },
      { label: t('shared.list.price'), kind: 'points', cell: ({ priceCentipoints }) => priceCentipoints },
      { label: t('shared.list.unitValue'), kind: 'yuan', cell: ({ unitValueFen }) => unitValueFen },
      { label: t('shared.list.quantity'), cell: ({ quantityOnHand }) => quantityOnHand },
      { label: t('goods.import.expired'), cell: ({ quantityExpired }) => quantityExpired },
      { label: t('goods.import.awaiting'), cell: ({ quantityAwaiting }) => quantityAwaiting },
      { label: t('shared.list.yuan'), kind: 'yuan', cell: ({ valueFen }) => valueFen },
      { label: t('goods.stock.nearest'), cell: ({ nearestUseBy }) => nearestUseBy },
    ],
  });

  offerList(app, services, {
    name: 'prices',
    access: 'everybody',
    title: (t) => t('goods.item.history'),
    rows: ({ placeId }) =>
      readInPages(
        (beforeSeq, limit) => pricesSaid(sql, placeId, { beforeSeq, limit }),
        ({ seq }) => seq,
      ),
    columns: (t) => [
      { label: t('shared.list.seq'), cell: ({ seq }) => seq },
      { label: t('goods.code'), cell: ({ code }) => code },
      { label: t('shared.list.goods'), cell: ({ name }) => name },
      { label: t('shared.list.spec'), cell: ({ spec }) => spec },
      { label: t('shared.list.price'), kind: 'points', cell: ({ priceCentipoints }) => priceCentipoints },
      { label: t('goods.item.from'), cell: ({ effectiveOn }) => effectiveOn },
      { label: t('shared.list.decidedOn'), cell: ({ decidedOn }) => decidedOn },
    ],
  });

  offerList(app, services, {
    name: 'receipts',
    access: 'village.read',
    title: (t) => t('goods.receipts.title'),
    rows: ({ placeId, today }) => receivedLines(placeId, today),
    columns: (t) => [
      { label: t('shared.list.seq'), cell: ({ receipt }) => receipt.seq },
      { label: t('goods.receive.day'), cell: ({ receipt }) => receipt.occurredOn },
      { label: t('goods.receive.voucher'), cell: ({ receipt }) => receipt.voucher },
      { label: t('goods.receive.invoice'), cell: ({ receipt }) => receipt.invoice },
      { label: t('shared.list.kind'), cell: ({ receipt }) => t(`goods.receive.${receipt.source.kind}`) },
      { label: t('goods.receipts.source'), cell: ({ receipt }) => receipt.source.name },
      {
        label: t('goods.receive.fund'),
        cell: ({ receipt }) => (receipt.fund ? t(`goods.fund.${receipt.fund}`) : t('goods.receive.fundUnsaid')),
      },
      { label: t('shared.list.goods'), cell: ({ line }) => line.name },
      { label: t('shared.list.spec'), cell: ({ line }) => line.spec },
      { label: t('shared.list.unit'), cell: ({ line }) => line.unit },
      { label: t('shared.list.quantity'), cell: ({ line }) => line.quantity },
      { label: t('shared.list.unitValue'), kind: 'yuan', cell: ({ line }) => line.unitValueFen },
      { label: t('shared.list.yuan'), kind: 'yuan', cell: ({ line }) => line.unitValueFen * line.quantity },
      { label: t('goods.useBy'), cell: ({ line }) => line.useBy },
      { label: t('shared.list.by'), cell: ({ receipt }) => receipt.recordedByName },
      { label: t('shared.list.witness'), cell: ({ receipt }) => receipt.witness ?? receipt.checkedBy },
      { label: t('shared.list.reversedBy'), cell: ({ receipt }) => receipt.reversedBySeq },
    ],
  });

  offerList(app, services, {
    name: 'proposals',
    access: 'village.read',
    title: (t) => t('goods.proposal.title'),
    rows: ({ placeId, today }) => allProposals(placeId, today),
    columns: (t) => [
      { label: t('goods.proposal.askedOn'), cell: ({ proposedAt }) => proposedAt },
      {
        label: t('goods.proposal.what'),
        cell: ({ kind }) => t(PROPOSED[kind]),
      },
      { label: t('goods.code'), cell: ({ code }) => code },
      { label: t('shared.list.goods'), cell: ({ name, spec }) => `${name} ${spec}` },
      { label: t('shared.list.price'), kind: 'points', cell: ({ priceCentipoints }) => priceCentipoints },
      { label: t('goods.item.lot'), cell: ({ lotId }) => lotId },
      { label: t('shared.list.quantity'), cell: ({ quantity }) => quantity },
      { label: t('shared.list.unitValue'), kind: 'yuan', cell: ({ unitValueFen }) => unitValueFen },
      { label: t('goods.proposal.reason'), cell: (row) => reasonText(row, (cause) => t(`goods.cause.${cause}`)) },
      { label: t('goods.proposal.askedBy'), cell: ({ proposedByName }) => proposedByName },
      { label: t('goods.proposal.state'), cell: ({ state }) => t(`goods.proposal.state.${state}`) },
      { label: t('goods.proposal.decidedBy'), cell: ({ decidedByName }) => decidedByName },
      { label: t('shared.list.decidedOn'), cell: ({ decidedAt }) => decidedAt },
      { label: t('goods.proposal.why'), cell: ({ decidedWhy }) => decidedWhy },
    ],
  });

  offerList(app, services, {
    name: 'receipt-slips',
    access: 'village.read',
    title: (t) => t('goods.receive.slips'),
    rows: ({ placeId }) => slipList(sql, placeId, 'receipts'),
    columns: (t) => [
      { label: t('goods.receive.voucher'), cell: ({ from, to }) => (from === to ? from : `${from}—${to}`) },
      {
        label: t('shared.list.state'),
        cell: ({ entered }) => t(entered ? 'shared.list.entered' : 'shared.list.notEntered'),
      },
      { label: t('shared.list.seq'), cell: ({ entered }) => entered?.seq ?? null },
      { label: t('shared.list.day'), cell: ({ entered }) => entered?.occurredOn ?? null },
    ],
  });

  offerList(app, services, {
    name: 'wants',
    access: 'village.read',
    title: (t) => t('goods.want.list'),
    rows: async ({ placeId, today }) => (await namedWants(sql, placeId, today)).wants,
    columns: (t) => [
      { label: t('goods.code'), cell: ({ code }) => code },
      { label: t('shared.list.goods'), cell: ({ name }) => name },
      { label: t('goods.want.times'), cell: ({ times }) => times },
      { label: t('goods.want.quantity'), cell: ({ quantity }) => quantity },
      { label: t('shared.list.unit'), cell: ({ unit }) => unit },
    ],
  });

  offerList(app, services, {
    name: 'shelf',
    access: 'everybody',
    title: (t) => t('goods.shelf.title'),
    rows: ({ placeId, today }) => shelf(sql, placeId, today),
    columns: (t) => [
      { label: t('goods.import.zone'), cell: ({ zone }) => t(`goods.zone.${zone}`) },
      { label: t('goods.code'), cell: ({ code }) => code },
      { label: t('shared.list.goods'), cell: ({ name }) => name },
      { label: t('shared.list.spec'), cell: ({ spec }) => spec },
      { label: t('shared.list.unit'), cell: ({ unit }) => unit },
      { label: t('shared.list.price'), kind: 'points', cell: ({ priceCentipoints }) => priceCentipoints },
      { label: t('shared.list.onHand'), cell: ({ quantityOnHand }) => quantityOnHand },
    ],
  });

  async function* receivedLines(villageId: number, today: string) {
    const pages = readInPages(
      (beforeSeq, limit) => receipts(sql, villageId, { beforeSeq, limit, today }),
      ({ seq }) => seq,
    );
    for await (const page of pages) yield page.flatMap((receipt) => receipt.lines.map((line) => ({ receipt, line })));
  }

  async function* allProposals(villageId: number, today: string) {
    const limit = 500;
    for (let after: ProposalPlace | undefined; ; ) {
      const rows = await proposals(sql, { villageId, today, after, limit });
      yield rows;
      const last = rows.at(-1);
      if (rows.length < limit || !last) return;
      after = { isOpen: last.state === 'open', proposalId: last.proposalId };
    }
  }
};

const PROPOSED = {
  price: 'goods.item.priceByHand',
  first: 'goods.item.firstPrice',
  writeoff: 'goods.item.writeOff',
} as const;

function reasonText({ kind, reason }: Pick<Proposal, 'kind' | 'reason'>, word: (cause: Cause) => string) {
  const cause = CAUSES.find((one) => one === reason);
  return kind === 'writeoff' && cause ? word(cause) : reason;
}
