import { z } from 'zod';
import { AccountPage } from '../../views/people/account-page.tsx';
import { rowNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { forgetSession } from '../platform/http/session-cookie.ts';
import { viewerOf } from './access-routes.ts';
import { knownDevices, mayUsePin } from './known-device.ts';
import { pastPosts } from './past-posts.ts';
import { endSignIns, openSignIns } from './sessions.ts';
import { placeOf } from './workplace.ts';

const endingsForm = z.object({ which: z.union([z.enum(['others', 'all']), rowNumber]) });

const accountQuery = z.object({
  ended: z.coerce.number().int().optional().catch(undefined),
  device: z.enum(['known']).optional().catch(undefined),
});

/** A person's own account: where it is signed in, and what keeps others out of it. */
export const accountRoutes: Routes = async (app, { config: serverConfig, db: { sql } }) => {
  const config = { access: 'signed-in', beforePasswordChange: true } as const;

  app.get('/account', { config }, async (request, reply) => {
    const viewer = viewerOf(request);
    const { personId, username, sessionId } = viewer;
    const { ended, device } = accountQuery.parse(request.query);
    const [signIns, devices, past] = await Promise.all([
      openSignIns(sql, { personId, currentSessionId: sessionId }),
      knownDevices(sql, personId),
      pastPosts(sql, { personId, today: request.today }),
    ]);
    return reply.page(
      <AccountPage
        username={username}
        places={viewer.appointments.map((appointment) => ({ ...appointment, href: placeOf(appointment) }))}
        past={past}
        signIns={signIns}
        devices={devices}
        mayUsePin={mayUsePin(viewer)}
        ended={ended}
        isDeviceKnown={device !== undefined}
      />,
    );
  });

  app.post('/account/sign-outs', { config }, async (request, reply) => {
    const { personId, sessionId } = viewerOf(request);
    const form = endingsForm.safeParse(request.body);
    if (!form.success) return reply.redirect('/account', 303);
    const { which } = form.data;
    const chosen = which === 'all' ? which : which === 'others' ? { allBut: sessionId } : { number: which };
    const { ended } = await endSignIns(sql, { personId, byPersonId: personId, address: request.ip, which: chosen });
    if (which !== 'all') return reply.redirect(`/account?ended=${ended}`, 303);
    forgetSession(reply, serverConfig);
    return reply.header('clear-site-data', '"cache"').redirect('/sign-in', 303);
  });
};
