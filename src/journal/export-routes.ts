import { z } from 'zod';
import { actSentence } from '../../views/journal/act-sentence.ts';
import { formatDay } from '../../views/shared/day-text.tsx';
import { offerList, readInPages } from '../people/index.ts';
import { monthText } from '../platform/calendar-text.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { ACT_KINDS } from './act-kinds.ts';
import { readActs } from './acts.ts';

const query = z.object({
  kind: z.enum(ACT_KINDS).optional().catch(undefined),
  month: monthText.optional().catch(undefined),
});

/** The public record, or one kind of it, with names for whoever may read the village, else masked as on the page. */
export const actExportRoutes: Routes = async (app, services) => {
  offerList(app, services, {
    name: 'acts',
    access: 'everybody',
    namesHouseholds: true,
    title: (t) => t('journal.title'),
    rows: (asked) => {
      const { kind, month } = query.parse(asked.query);
      return readInPages(
        (before, limit) => readActs(services.db.sql, asked.placeId, { kind, month, before, limit }, asked.unmasked),
        ({ seq }) => seq,
      );
    },
    columns: (t, locale) => [
      { label: t('journal.column.number'), cell: ({ seq }) => seq },
      { label: t('journal.column.day'), cell: ({ occurredOn }) => occurredOn },
      { label: t('journal.export.weekday'), cell: ({ occurredOn }) => formatDay(occurredOn, locale) },
      { label: t('journal.export.recordedAt'), cell: ({ recordedAt }) => recordedAt },
      { label: t('journal.column.what'), cell: (act) => actSentence(act, { t, locale }) },
      { label: t('shared.household'), cell: ({ household }) => household?.name ?? '' },
      { label: t('journal.column.points'), kind: 'points', cell: ({ amountCentipoints }) => amountCentipoints },
      { label: t('journal.export.reversedBy'), cell: ({ reversedBySeq }) => reversedBySeq },
    ],
  });
};
