import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { CountyLogPage } from '../../views/auditlog/county-log-page.tsx';
import { LogPage } from '../../views/auditlog/log-page.tsx';
import { RecordPage } from '../../views/auditlog/record-page.tsx';
import { regionOf, villageById, villageOf, villages } from '../people/index.ts';
import { villageDay, villageTime } from '../platform/clock.ts';
import { publicOrigin } from '../platform/http/public-origin.ts';
import { refusalStatus } from '../platform/http/refusals.ts';
import type { RouteServices } from '../platform/http/route-services.ts';
import { recordedCheckpoints } from './county-log.ts';
import { findLogOwner } from './log-owners.ts';
import type { PublicLogs } from './public-logs.ts';
import { findAct, receiptOf } from './receipt.ts';

export const auditlogRoutes: FastifyPluginAsyncZod<RouteServices & { logs: PublicLogs }> = async (
  app,
  { config, db, logs },
) => {
  const showRecord = async (request: FastifyRequest, reply: FastifyReply) => {
    const { id } = request.params as { id: string };
    const found = /^[A-Z2-9]{16}$/.test(id) ? await findAct(db.sql, id) : null;
    const village = found && (await villageById(db.sql, found.villageId));
    if (!found || !village) return reply.refuse({ refused: 'unknown_act' });
    request.village = village;
    const receipt = await receiptOf(db, logs, village, found.seq);
    if (!receipt) return reply.refuse({ refused: 'unknown_act' });
    if ('refused' in receipt) return reply.refuse(receipt);
    return reply.page(
      <RecordPage
        seq={found.seq}
        id={id}
        type={found.type}
        recordedDay={villageDay(found.recordedAt)}
        entry={receipt.entry.toString('utf8')}
        leafHashHex={receipt.leafHash.toString('hex')}
        note={receipt.note}
        treeSize={receipt.checkpoint.size}
        vkey={receipt.vkey}
        isIncluded={receipt.isIncluded}
        isSealed={receipt.isSealed}
        logHref={`/log/${logs.identity(village.code).name}`}
      />,
    );
  };

  // A code in print is smaller in capitals, so the address is known in both.
  app.get('/r/:id', { config: { access: 'everybody' } }, showRecord);
  app.get('/R/:id', { config: { access: 'everybody' } }, showRecord);

  app.get('/villages/:village/log', { config: { access: 'everybody' } }, async (request, reply) => {
    const village = villageOf(request);
    const [answer, county] = await Promise.all([logs.published(village), findLogOwner(db.sql, village.county.code)]);
    const { name: logName, origin, vkey } = logs.identity(village.code);
    const frozen = 'refused' in answer ? answer : null;
    if (frozen) reply.code(refusalStatus(frozen));
    return reply.page(
      <LogPage
        origin={origin}
        vkey={vkey}
        address={`${publicOrigin(config, request)}/log/${logName}`}
        witnesses={logs.witnesses}
        hasMoved={origin !== logs.newOrigin(logName)}
        closed={logs.closed(village.code).map(({ name, size }) => ({ name, size }))}
        countyHref={county && `/regions/${county.code}/log`}
        signed={'refused' in answer ? null : answer}
        frozen={frozen}
      />,
    );
  });

  app.get('/regions/:region/log', { config: { access: 'everybody' } }, async (request, reply) => {
    const { regionId, code, name, level } = regionOf(request);
    if (level === 'village') return reply.redirect(`/villages/${code}/log`, 303);
    if (level !== 'county') return reply.refuse({ refused: 'unknown_region' });
    const [owner, below] = await Promise.all([findLogOwner(db.sql, code), villages(db.sql, { regionId })]);
    const codes = below.map((village) => village.code);
    const [answer, kept] = await Promise.all([
      owner && logs.published(owner),
      owner ? recordedCheckpoints(db.sql, regionId, codes) : [],
    ]);
    const { name: logName, origin, vkey } = logs.identity(code);
    const frozen = answer && 'refused' in answer ? answer : null;
    if (frozen) reply.code(refusalStatus(frozen));
    return reply.page(
      <CountyLogPage
        countyName={name}
        origin={origin}
        vkey={vkey}
        address={`${publicOrigin(config, request)}/log/${logName}`}
        witnesses={logs.witnesses}
        villages={kept.map(({ recordedAt, ...last }) => ({
          code: last.code,
          size: last.size,
          name: below.find((village) => village.code === last.code)?.name ?? '',
          day: villageDay(recordedAt),
          time: villageTime(recordedAt),
        }))}
        signed={!answer || 'refused' in answer ? null : answer}
        frozen={frozen}
      />,
    );
  });
};
