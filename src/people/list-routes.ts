/**
 * 导出: a list whole, in its own columns, as text or as a workbook. It is offered to whoever may see its page and shows what the page
 * shows. That somebody signed in took it away stands in the security log, and of a list that names households also among those
 * who looked at them.
 */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Translate, translate } from '../../views/shared/dictionary.ts';
import { villageDay, villageTime } from '../platform/clock.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { LIST_FORMATS, type ListCell, sendList } from '../platform/http/send-list.ts';
import { ERASED_NAME } from '../platform/i18n/erased-name.ts';
import type { Locale } from '../platform/i18n/locale.ts';
import { type Access, regionOf, villageOf } from './access-routes.ts';
import { may } from './permissions.ts';
import { recordListView } from './personal-views.ts';
import { recordSecurityEvent } from './security-events.ts';

interface ListColumn<Row> {
  label: string;
  /** Points and yuan are given in hundredths, a moment as such; null leaves the cell empty. */
  cell: (row: Row) => ListCell | Date | boolean;
  kind?: 'points' | 'yuan' | undefined;
}

export interface OfferedList<Row> {
  /** Names it in the address: `/villages/…/lists/problems.csv`. */
  name: string;
  /** Whose list it is; a village's unless it says otherwise. */
  place?: 'village' | 'region';
  access: Access;
  namesHouseholds?: boolean;
  title: (t: Translate) => string;
  rows: (asked: ListQuestion) => AsyncIterable<readonly Row[]> | Promise<readonly Row[]>;
  /** Behind the rows, whose kind it is told by. */
  columns: (t: Translate, locale: Locale) => readonly ListColumn<Row>[];
}

export interface ListQuestion {
  /** The village's or the region's. */
  placeId: number;
  today: string;
  /** Whoever asks; null where anybody may. */
  personId: number | null;
  query: Readonly<Record<string, unknown>>;
  /** Whoever asks may read names that are hidden from others. */
  unmasked: boolean;
}

export function offerList<Row>(
  app: Parameters<Routes>[0],
  { db: { sql } }: Parameters<Routes>[1],
  { name, place = 'village', access, namesHouseholds = false, title, columns, rows }: OfferedList<Row>,
): void {
  app.get(
    `/${place}s/:${place}/lists/${name}.:format`,
    {
      config: { access },
      schema: {
        params: villageParams.partial().extend({ format: z.enum(LIST_FORMATS) }),
        querystring: z.record(z.string(), z.unknown()),
      },
    },
    async (request, reply) => {
      const where = placeOf(request, place);
      const { viewer, today, query } = request;
      const unmasked = viewer !== null && !viewer.mustChangePassword && may(viewer.appointments, 'village.read', where);
      if (viewer) {
        if (namesHouseholds && unmasked) await recordListView(sql, { ...viewer, villageId: where.placeId });
        // What everybody may take is noted with all that everybody may: see export-routes.ts.
        if (access !== 'everybody') {
          await recordSecurityEvent(sql, {
            kind: 'export.downloaded',
            personId: viewer.personId,
            regionId: where.placeId,
            address: request.ip,
            details: { route: request.routeOptions.url ?? '' },
          });
        }
      }
      const t = translate(request.locale);
      const shown = columns(t, request.locale);
      const asked = { placeId: where.placeId, today, personId: viewer?.personId ?? null, query, unmasked };
      const read = inPages(rows(asked));
      // Before anything is sent, so that what fails at once is answered as any fault is.
      const first = await read.next();
      async function* pages() {
        for (let page = first; !page.done; page = await read.next()) {
          yield page.value.map((row) => shown.map((column) => written(column, row, t)));
        }
      }
      return sendList(
        reply,
        {
          name: `${where.name}-${title(t)}`,
          plainName: `${where.code}-${name}`,
          columns: shown.map(({ label, kind }) => ({ label, isYuan: kind === 'yuan' })),
          pages: pages(),
        },
        request.params.format,
      );
    },
  );
}

/** So many rows are read at once. */
const LIST_PAGE = 500;

/** Reads on from before the last row until a page is not full. */
export async function* readInPages<Row>(
  read: (before: number | undefined, limit: number) => Promise<readonly Row[]>,
  numberOf: (row: Row) => number,
): AsyncGenerator<readonly Row[]> {
  let before: number | undefined;
  for (;;) {
    const rows = await read(before, LIST_PAGE);
    yield rows;
    const last = rows.at(-1);
    if (rows.length < LIST_PAGE || last === undefined) return;
    before = numberOf(last);
  }
}

/** The same for a read that counts from the beginning. */
export async function* readByOffset<Row>(
  read: (offset: number, limit: number) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  for (let offset = 0; ; offset += LIST_PAGE) {
    const rows = await read(offset, LIST_PAGE);
    yield rows;
    if (rows.length < LIST_PAGE) return;
  }
}

async function* inPages<Row>(
  rows: AsyncIterable<readonly Row[]> | Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[], void> {
  if (rows instanceof Promise) yield await rows;
  else yield* rows;
}

function placeOf(request: FastifyRequest, place: 'village' | 'region') {
  if (place === 'region') {
    const { regionId, ...region } = regionOf(request);
    return { ...region, placeId: regionId };
  }
  const { villageId, ...village } = villageOf(request);
  return { ...village, placeId: villageId };
}

function written<Row>({ cell, kind }: ListColumn<Row>, row: Row, t: Translate): ListCell {
  const value = cell(row);
  if (value instanceof Date) return `${villageDay(value)} ${villageTime(value)}`;
  if (typeof value === 'boolean') return t(value ? 'shared.yes' : 'shared.no');
  if (value === ERASED_NAME) return t('shared.erasedName');
  return typeof value === 'number' && kind !== undefined ? value / 100 : value;
}
