import { translate } from '../../views/shared/dictionary.ts';
import { recordListView, viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { sendCsv } from '../platform/http/send-csv.ts';
import { allCards } from './household-card.ts';

/** 导出住户名单: what the list of households shows, for whoever may see it; that somebody took it away is kept like a look at it. */
export const cardExportRoutes: Routes = async (app, { db: { sql } }) => {
  app.get(
    '/villages/:village/cards.csv',
    { config: { access: 'village.read' }, schema: { params: villageParams } },
    async (request, reply) => {
      const { villageId, code, name } = villageOf(request);
      await recordListView(sql, { ...viewerOf(request), villageId });
      const cards = await allCards(sql, villageId);
      const t = translate(request.locale);
      async function* pages() {
        yield cards.map(({ groupName, headName, number, status, balanceCentipoints }) => [
          groupName,
          headName,
          `${number.slice(0, 6)} ${number.slice(6)}`,
          t(`cards.status.${status}`),
          balanceCentipoints / 100,
        ]);
      }
      const headings = [
        t('cards.export.group'),
        t('cards.export.head'),
        t('cards.export.number'),
        t('cards.export.status'),
        t('shared.balance'),
      ];
      const title = t('cards.list.title');
      return sendCsv(reply, { name: `${name}-${title}.csv`, plainName: `${code}-cards.csv` }, headings, pages());
    },
  );
};
