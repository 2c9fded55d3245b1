/**
 * The log of a village or a county for machines, as C2SP tlog-tiles lays it out. Whatever is not there under exactly this spelling, or lies
 * beyond the newest checkpoint, is a plain 404; a frozen log answers 503 and nothing that was not signed.
 */

import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { refusalText } from '../../views/shared/refusal-text.ts';
import type { Db } from '../platform/database/db.ts';
import type { RouteServices } from '../platform/http/route-services.ts';
import { findLogOwner } from './log-owners.ts';
import type { LogRefusal, PublicLogs } from './public-logs.ts';
import { receiptOf } from './receipt.ts';
import { readEntries, readTiles } from './stored-tree.ts';
import { entryBundle, parseTilePath, TILE_WIDTH, widthInTree } from './tiles.ts';

const TEXT = 'text/plain; charset=utf-8';
/** Long enough to take the load of a crowd, short enough for nobody to notice. */
const CHECKPOINT_CACHE = 'public, max-age=2';
const LINES_AT_ONCE = 1_000;
const IMMUTABLE = 'public, max-age=31536000, immutable';

export const logRoutes: FastifyPluginAsyncZod<RouteServices & { logs: PublicLogs }> = async (app, { db, logs }) => {
  const villageAt = (request: FastifyRequest) => {
    const { code } = request.params as { code: string };
    return /^\d{12}$/.test(code) ? findLogOwner(db.sql, code) : null;
  };

  // Any auditor's page may read a log. Tiles of another site are no secret, so they may be embedded too.
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin');
  });

  app.get('/log/:code/checkpoint', { config: { access: 'everybody' } }, async (request, reply) => {
    const village = await villageAt(request);
    if (!village) return notThere(reply);
    const signed = await logs.published(village);
    if ('refused' in signed) return frozen(reply, signed);
    return reply.header('cache-control', CHECKPOINT_CACHE).type(TEXT).send(signed.note);
  });

  app.get('/log/:code/vkey', { config: { access: 'everybody' } }, async (request, reply) => {
    const village = await villageAt(request);
    if (!village) return notThere(reply);
    return reply
      .header('cache-control', CHECKPOINT_CACHE)
      .type(TEXT)
      .send(`${logs.identity(village.code).vkey}\n`);
  });

  // For readers who ask for a witness at the moment at which the newest checkpoint waits for it.
  app.get('/log/:code/cosigned/:keyId', { config: { access: 'everybody' } }, async (request, reply) => {
    const { keyId } = request.params as { keyId: string };
    const village = /^[0-9a-f]{8}$/.test(keyId) ? await villageAt(request) : null;
    const note = village && logs.cosigned(village.code, keyId);
    if (!note) return notThere(reply);
    return reply.header('cache-control', CHECKPOINT_CACHE).type(TEXT).send(note);
  });

  // Hashes cannot be made smaller, so only bundles of entries are compressed, as the reader asks for it.
  app.get('/log/:code/tile/*', { config: { access: 'everybody' }, compress: false }, async (request, reply) => {
    const tile = tileAt(request);
    const village = tile && (await villageAt(request));
    if (!tile || !village) return notThere(reply);
    const signed = await logs.published(village);
    if ('refused' in signed) return frozen(reply, signed);
    if (tile.width > widthInTree(tile, signed.checkpoint.size)) return notThere(reply);
    const [filled] = await readTiles(db.sql, village.villageId, [tile]);
    return reply.header('cache-control', IMMUTABLE).type('application/octet-stream').send(filled?.hashes);
  });

  app.get('/log/:code/tile/entries/*', { config: { access: 'everybody' } }, async (request, reply) => {
    const tile = tileAt(request);
    const village = tile && (await villageAt(request));
    if (!tile || !village) return notThere(reply);
    const signed = await logs.published(village);
    if ('refused' in signed) return frozen(reply, signed);
    if (tile.width > widthInTree(tile, signed.checkpoint.size)) return notThere(reply);
    const entries = await readEntries(db.sql, village.villageId, tile.index * TILE_WIDTH, tile.width);
    return reply.header('cache-control', IMMUTABLE).type('application/octet-stream').send(entryBundle(entries));
  });

  app.get('/log/:code/entries.jsonl', { config: { access: 'everybody' } }, async (request, reply) => {
    const village = await villageAt(request);
    if (!village) return notThere(reply);
    const signed = await logs.published(village);
    if ('refused' in signed) return frozen(reply, signed);
    return reply
      .header('cache-control', 'no-cache')
      .header('content-disposition', `attachment; filename="${village.code}.jsonl"`)
      .type('application/x-ndjson')
      .send(Readable.from(entryLines(db, village.villageId, signed.checkpoint.size)));
  });

  app.get('/log/:code/receipt/:seq', { config: { access: 'everybody' } }, async (request, reply) => {
    const { seq } = request.params as { seq: string };
    const village = /^(0|[1-9]\d{0,14})$/.test(seq) ? await villageAt(request) : null;
    const receipt = village && (await receiptOf(db, logs, village, Number(seq)));
    if (!village || !receipt) return notThere(reply);
    if ('refused' in receipt) return frozen(reply, receipt);
    return reply
      .header('cache-control', 'no-cache')
      .header('content-disposition', `inline; filename="${village.code}-${seq}.tlog-proof"`)
      .type(TEXT)
      .send(receipt.text);
  });
};

/** However long the log, only a thousand entries of it are in memory. */
async function* entryLines({ sql }: Db, villageId: number, size: number): AsyncGenerator<string> {
  for (let first = 0; first < size; first += LINES_AT_ONCE) {
    const entries = await readEntries(sql, villageId, first, Math.min(LINES_AT_ONCE, size - first));
    yield entries.map((entry) => `${entry.toString('utf8')}\n`).join('');
  }
}

/** The tile as it is spelt in the address itself: an escaped character is another spelling. */
function tileAt(request: FastifyRequest) {
  const [, path = ''] = /^\/log\/\d{12}\/tile\/([^?]*)/.exec(request.url) ?? [];
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
