import { slipList } from '../goods/index.ts';
import { offerList, readInPages } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { redemptions } from './redemption.ts';

/** 兑换: one row for each kind of goods, as a notice of exchanges carries them; and the numbered slips. */
export const redemptionExportRoutes: Routes = async (app, services) => {
  async function* lines(villageId: number) {
    const pages = readInPages(
      (beforeSeq, limit) => redemptions(services.db.sql, villageId, { beforeSeq, limit }),
      ({ seq }) => seq,
    );
    for await (const page of pages)
      yield page.flatMap((exchange) => exchange.lines.map((line) => ({ exchange, line })));
  }
  offerList(app, services, {
    name: 'redemptions',
    access: 'village.read',
    namesHouseholds: true,
    title: (t) => t('exchange.list.title'),
    rows: ({ placeId }) => lines(placeId),
    columns: (t) => [
      { label: t('shared.list.seq'), cell: ({ exchange }) => exchange.seq },
      { label: t('shared.list.recordedAt'), cell: ({ exchange }) => exchange.recordedAt },
      { label: t('shared.list.household'), cell: ({ exchange }) => exchange.headName },
      { label: t('shared.list.group'), cell: ({ exchange }) => exchange.groupName },
      { label: t('shared.list.card'), cell: ({ exchange }) => exchange.cardNumber },
      { label: t('shared.list.goods'), cell: ({ line }) => line.name },
      { label: t('shared.list.spec'), cell: ({ line }) => line.spec },
      { label: t('shared.list.unit'), cell: ({ line }) => line.unit },
      { label: t('shared.list.quantity'), cell: ({ line }) => line.quantity },
      { label: t('shared.list.price'), kind: 'points', cell: ({ line }) => line.priceCentipoints },
      { label: t('shared.list.points'), kind: 'points', cell: ({ line }) => line.priceCentipoints * line.quantity },
      {
        label: t('shared.list.balanceAfter'),
        kind: 'points',
        cell: ({ exchange }) => exchange.balanceAfterCentipoints,
      },
      {
        label: t('shared.list.relation'),
        cell: ({ exchange }) => t(`exchange.presence.proxy.${exchange.proxyRelation ?? 'self'}`),
      },
      { label: t('shared.list.proxy'), cell: ({ exchange }) => exchange.proxyName },
      { label: t('shared.list.paper'), cell: ({ exchange }) => exchange.paperSlip },
      { label: t('shared.list.by'), cell: ({ exchange }) => exchange.recordedByName },
      { label: t('shared.list.reversedBy'), cell: ({ exchange }) => exchange.reversedBySeq },
    ],
  });

  offerList(app, services, {
    name: 'paper-slips',
    access: 'goods.redeem',
    title: (t) => t('exchange.paper.list'),
    rows: ({ placeId }) => slipList(services.db.sql, placeId, 'exchanges'),
    columns: (t) => [
      { label: t('shared.list.paper'), cell: ({ from, to }) => (from === to ? from : `${from}—${to}`) },
      {
        label: t('shared.list.state'),
        cell: ({ entered }) => t(entered ? 'shared.list.entered' : 'shared.list.notEntered'),
      },
      { label: t('shared.list.seq'), cell: ({ entered }) => entered?.seq ?? null },
      { label: t('shared.list.day'), cell: ({ entered }) => entered?.occurredOn ?? null },
    ],
  });
};
