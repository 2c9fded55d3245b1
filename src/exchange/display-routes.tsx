import type { FastifyRequest } from 'fastify';
import { DisplayPage, DisplaySheet } from '../../views/exchange/display-page.tsx';
import { viewerOf, villageOf } from '../people/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { openEventStreams } from '../platform/http/event-streams.ts';
import type { RouteServices, Routes } from '../platform/http/route-services.ts';
import { type Shown, secondsShown } from './decide-display.ts';
import { type Displays, openDisplays } from './open-displays.ts';
import { showOnTill, type TillState, tillStates, watchTill } from './till.ts';

const LIMITS = { most: 60, mostPerOwner: 3 };

/** The second screen: shows what the till of the same sign-in does, and nothing else of the village. */
export function registerDisplays(app: Parameters<Routes>[0], { db: { sql } }: RouteServices): Displays {
  const streams = openEventStreams(app, LIMITS);
  const displays = openDisplays({ sql, statesOf: tillStates });
  app.addHook('onClose', async () => displays.stop());

  app.get(
    '/villages/:village/counter/display',
    { config: { access: 'goods.redeem' }, schema: { params: villageParams } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { sessionId } = viewerOf(request);
      await watchTill(sql, { sessionId, villageId });
      const state = (await tillStates(sql, [sessionId])).get(sessionId);
      const shown = state?.shown ?? { kind: 'idle' as const };
      return reply
        .header('cache-control', 'no-store')
        .page(
          <DisplayPage
            shown={shown}
            secondsShown={secondsShown(shown)}
            eventsHref={`/villages/${code}/counter/display/events`}
          />,
        );
    },
  );

  app.get(
    '/villages/:village/counter/display/events',
    { exposeHeadRoute: false, config: { access: 'goods.redeem', isStream: true }, schema: { params: villageParams } },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { sessionId } = viewerOf(request);
      await watchTill(sql, { sessionId, villageId });
      let leave = () => {};
      const stream = streams.open(reply, sessionId, () => leave());
      if (!stream) return reply.header('retry-after', 30).refuse({ refused: 'too_busy' });
      const draw = ({ shown }: TillState) =>
        reply.drawn(<DisplaySheet shown={shown} secondsShown={secondsShown(shown)} />);
      leave = displays.add(sessionId, { stream, draw });
      return reply;
    },
  );
  return displays;
}

/** A display that cannot be told is no reason to keep people waiting. Without `displays` it follows when it asks the next time. */
export async function tellDisplay(
  request: FastifyRequest,
  { sql, displays }: { sql: Reader; displays?: Displays },
  shown: Shown,
): Promise<void> {
  const till = { sessionId: viewerOf(request).sessionId, villageId: villageOf(request).villageId };
  try {
    if (await showOnTill(sql, { ...till, shown })) displays?.look();
  } catch (error) {
    request.log.warn({ err: error }, 'the display at the counter was not told');
  }
}
