import { z } from 'zod';
import { actSentence } from '../../views/journal/act-sentence.ts';
import { formatDay } from '../../views/shared/day-text.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { may, recordListView, villageOf } from '../people/index.ts';
import { monthText } from '../platform/calendar-text.ts';
import { villageDay, villageTime } from '../platform/clock.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { sendCsv } from '../platform/http/send-csv.ts';
import { ACT_KINDS } from './act-kinds.ts';
import { readActs } from './acts.ts';

const AT_ONCE = 500;

const query = z.object({
  kind: z.enum(ACT_KINDS).optional().catch(undefined),
  month: monthText.optional().catch(undefined),
});

/** 导出: the public record, or one kind of it, as a file; with names for whoever may read the village, else masked as on the page. */
export const actExportRoutes: Routes = async (app, { db: { sql } }) => {
  app.get(
    '/villages/:village/acts.csv',
    { config: { access: 'everybody' }, schema: { params: villageParams, querystring: query } },
    async (request, reply) => {
      const { viewer, locale } = request;
      const village = villageOf(request);
      const { villageId, code, name } = village;
      const unmasked =
        viewer !== null && !viewer.mustChangePassword && may(viewer.appointments, 'village.read', village);
      if (viewer && unmasked) await recordListView(sql, { ...viewer, villageId });
      const t = translate(locale);
      const { kind, month } = request.query;
      async function* pages() {
        let before: number | undefined;
        for (;;) {
          const acts = await readActs(sql, villageId, { kind, month, before, limit: AT_ONCE }, unmasked);
          before = acts.at(-1)?.seq;
          yield acts.map((act) => [
            act.seq,
            act.occurredOn,
            formatDay(act.occurredOn, locale),
            `${villageDay(act.recordedAt)} ${villageTime(act.recordedAt)}`,
            actSentence(act, { t, locale }),
            act.household?.name ?? '',
            act.amountCentipoints === null ? null : act.amountCentipoints / 100,
            act.reversedBySeq,
          ]);
          if (acts.length < AT_ONCE) return;
        }
      }
      const headings = [
        t('journal.column.number'),
        t('journal.column.day'),
        t('journal.export.weekday'),
        t('journal.export.recordedAt'),
        t('journal.column.what'),
        t('shared.household'),
        t('journal.column.points'),
        t('journal.export.reversedBy'),
      ];
      const what = kind === undefined ? t('journal.title') : t(`journal.kind.${kind}`);
      const ending = month === undefined ? '' : `-${month}`;
      const names = { name: `${name}-${what}${ending}.csv`, plainName: `${code}-${kind ?? 'acts'}${ending}.csv` };
      return sendCsv(reply, names, headings, pages());
    },
  );
};
