/**
 * The log of a village or a county for machines, as C2SP tlog-tiles lays it out. Whatever is not there under exactly this spelling, or lies
 * beyond the newest checkpoint, is a plain 404; a frozen log answers 503 and nothing that was not signed.
 */

import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { refusalText } from '../../views/shared/refusal-text.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import type { RouteServices } from '../platform/http/route-services.ts';
import { keepNewest } from '../platform/keep-newest.ts';
import { rememberFor } from '../platform/remember.ts';
import { type ClosedLog, parseLogName } from './log-names.ts';
import { findLogOwner, type LogOwner } from './log-owners.ts';
import type { LogRefusal, PublicLogs } from './public-logs.ts';
import { receiptOf } from './receipt.ts';
import { readEntries, readTiles } from './stored-tree.ts';
import { entryBundle, parseTilePath, TILE_WIDTH, widthInTree } from './tiles.ts';

const TEXT = 'text/plain; charset=utf-8';
/** Long enough to take the load of a crowd, short enough for nobody to notice. */
const CHECKPOINT_CACHE = 'public, max-age=2';
/** As old as a checkpoint may be: whether a log was closed is said by files. */
const LOG_KNOWN_MS = 1_000;
const LINES_AT_ONCE = 1_000;
const IMMUTABLE = 'public, max-age=31536000, immutable';
/** A hundred villages' newest tiles and bundles. */
const KEPT_TILE_BYTES = 16 * 1024 * 1024;

export const logRoutes: FastifyPluginAsyncZod<RouteServices & { logs: PublicLogs }> = async (app, { db, logs }) => {
  const kept = keepNewest<Buffer>(KEPT_TILE_BYTES, ({ length }) => length);

  /** The log of this name: the one that goes on, or one that was closed; null when there never was one. */
  const logNamed = rememberFor(LOG_KNOWN_MS, async (name): Promise<ServedLog | null> => {
    const parsed = parseLogName(name);
    const owner = parsed && (await findLogOwner(db.sql, parsed.code));
    if (!parsed || !owner) return null;
    const before = logs.closed(parsed.code);
    const closed = before.find((log) => log.name === name);
    if (closed) return { ...owner, closed };
    return parsed.turn === before.length + 1 ? { ...owner, closed: null } : null;
  });
  const logAt = ({ params }: FastifyRequest) => logNamed((params as { code: string }).code);

  /** Its checkpoint, and how many of its entries can be shown: of a closed log only what was not lost. */
  const headOf = async (log: ServedLog): Promise<Head | LogRefusal> => {
    if (log.closed) return { note: log.closed.note, size: await keptSize(db.sql, log.villageId, log.closed) };
    const signed = await logs.published(log);
    return 'refused' in signed ? signed : { note: signed.note, size: signed.checkpoint.size };
  };

  // Any auditor's page may read a log. Tiles of another site are no secret, so they may be embedded too.
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin');
    done();
  });

  app.get('/log/:code/checkpoint', { config: { access: 'everybody' } }, async (request, reply) => {
    const log = await logAt(request);
    if (!log) return notThere(reply);
    const head = await headOf(log);
    if ('refused' in head) return frozen(reply, head);
    return reply.header('cache-control', CHECKPOINT_CACHE).type(TEXT).send(head.note);
  });

  app.get('/log/:code/vkey', { config: { access: 'everybody' } }, async (request, reply) => {
    const log = await logAt(request);
    if (!log) return notThere(reply);
    return reply
      .header('cache-control', CHECKPOINT_CACHE)
      .type(TEXT)
      .send(`${log.closed ? logs.keyOf(log.closed) : logs.identity(log.code).vkey}\n`);
  });

  // For readers who ask for a witness at the moment at which the newest checkpoint waits for it.
  app.get('/log/:code/cosigned/:keyId', { config: { access: 'everybody' } }, async (request, reply) => {
    const { keyId } = request.params as { keyId: string };
    const log = /^[0-9a-f]{8}$/.test(keyId) ? await logAt(request) : null;
    const note = log && !log.closed && logs.cosigned(log.code, keyId);
    if (!note) return notThere(reply);
    return reply.header('cache-control', CHECKPOINT_CACHE).type(TEXT).send(note);
  });

  // Hashes cannot be made smaller, so only bundles of entries are compressed, as the reader asks for it.
  app.get('/log/:code/tile/*', { config: { access: 'everybody' }, compress: false }, async (request, reply) => {
    const tile = tileAt(request);
    const log = tile && (await logAt(request));
    if (!tile || !log) return notThere(reply);
    const head = await headOf(log);
    if ('refused' in head) return frozen(reply, head);
    if (tile.width > widthInTree(tile, head.size)) return notThere(reply);
    const { level, index, width } = tile;
    const hashes = await kept.provide(`${log.villageId} ${level} ${index} ${width}`, async () => {
      const [filled] = await readTiles(db.sql, log.villageId, [tile]);
      if (!filled) throw new Error('a tile within the tree was not read');
      return filled.hashes;
    });
    return reply.header('cache-control', IMMUTABLE).type('application/octet-stream').send(hashes);
  });

  app.get('/log/:code/tile/entries/*', { config: { access: 'everybody' } }, async (request, reply) => {
    const tile = tileAt(request);
    const log = tile && (await logAt(request));
    if (!tile || !log) return notThere(reply);
    const head = await headOf(log);
    if ('refused' in head) return frozen(reply, head);
    if (tile.width > widthInTree(tile, head.size)) return notThere(reply);
    const { index, width } = tile;
    const bundle = await kept.provide(`${log.villageId} entries ${index} ${width}`, async () =>
      entryBundle(await readEntries(db.sql, log.villageId, index * TILE_WIDTH, width)),
    );
    return reply.header('cache-control', IMMUTABLE).type('application/octet-stream').send(bundle);
  });

  app.get('/log/:code/entries.jsonl', { config: { access: 'everybody' } }, async (request, reply) => {
    const log = await logAt(request);
    if (!log) return notThere(reply);
    const head = await headOf(log);
    if ('refused' in head) return frozen(reply, head);
    return reply
      .header('cache-control', 'no-cache')
      .header('content-disposition', `attachment; filename="${log.code}.jsonl"`)
      .type('application/x-ndjson')
      .send(Readable.from(entryLines(db, log.villageId, head.size)));
  });

  app.get('/log/:code/receipt/:seq', { config: { access: 'everybody' } }, async (request, reply) => {
    const { seq } = request.params as { seq: string };
    const log = /^(0|[1-9]\d{0,14})$/.test(seq) ? await logAt(request) : null;
    // A closed log proves nothing more: its tree is not there as a whole.
    const receipt = log && !log.closed && (await receiptOf(db, logs, log, Number(seq)));
    if (!log || !receipt) return notThere(reply);
    if ('refused' in receipt) return frozen(reply, receipt);
    return reply
      .header('cache-control', 'no-cache')
      .header('content-disposition', `inline; filename="${log.code}-${seq}.tlog-proof"`)
      .type(TEXT)
      .send(receipt.text);
  });
};

type ServedLog = LogOwner & { closed: ClosedLog | null };

interface Head {
  note: string;
  size: number;
}

/** What came after the loss has the numbers of what was lost, so a closed log ends where its successor begins. */
async function keptSize(sql: Reader, villageId: number, { origin, size }: ClosedLog): Promise<number> {
  const [begun] = await sql<{ seq: number }[]>`
    select seq
      from act
     where village_id = ${villageId}
       and type = 'log.begin'
       and facts ->> 'origin' = ${origin}`;
  return Math.min(size, begun?.seq ?? 0);
}

/** However long the log, only a thousand entries of it are in memory. */
async function* entryLines({ sql }: Db, villageId: number, size: number): AsyncGenerator<string> {
  for (let first = 0; first < size; first += LINES_AT_ONCE) {
    const entries = await readEntries(sql, villageId, first, Math.min(LINES_AT_ONCE, size - first));
    yield entries.map((entry) => `${entry.toString('utf8')}\n`).join('');
  }
}

/** The tile as it is spelt in the address itself: an escaped character is another spelling. */
function tileAt(request: FastifyRequest) {
  const [, path = ''] = /^\/log\/[\d-]+\/tile\/([^?]*)/.exec(request.url) ?? [];
  return parseTilePath(path);
}

function notThere(reply: FastifyReply): FastifyReply {
  return reply.code(404).header('cache-control', 'no-store').type(TEXT).send('not found\n');
}

function frozen(reply: FastifyReply, { refused, ...values }: LogRefusal): FastifyReply {
  const { request } = reply;
  return reply
    .code(503)
    .header('cache-control', 'no-store')
    .header('retry-after', '60')
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({
      type: `/problems/${refused}`,
      title: refused.replaceAll('_', ' '),
      status: 503,
      code: refused,
      detail: refusalText(request.locale, { refused, ...values }),
      instance: request.id,
      ...values,
    });
}
