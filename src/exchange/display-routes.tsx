import { DisplayPage, DisplaySheet } from '../../views/exchange/display-page.tsx';
import { viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { openEventStreams } from '../platform/http/event-streams.ts';
import type { RouteServices, Routes } from '../platform/http/route-services.ts';
import { secondsShown } from './decide-display.ts';
import { type Displays, openDisplays } from './open-displays.ts';
import { type TillState, tillStates, watchTill } from './till.ts';

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
