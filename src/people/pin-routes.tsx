import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PinPage } from '../../views/people/pin-page.tsx';
import { refusalText } from '../../views/shared/refusal-text.ts';
import type { Config } from '../platform/config.ts';
import { rowNumber } from '../platform/http/form-fields.ts';
import { refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { cookieName, cookieOptions } from '../platform/http/session-cookie.ts';
import { viewerOf } from './access-routes.ts';
import { checkOwnPassword } from './change-password.ts';
import { forgetDevice, mayUsePin, trustDevice } from './known-device.ts';

const text = (longest: number) => z.string().max(longest).default('').catch('');

const pinForm = z.object({ password: text(1000), pin: text(20), repeated: text(20) });

const FIELDS: Readonly<Record<string, 'password'>> = { wrong_old_password: 'password', too_many_attempts: 'password' };

/** 记住这台设备: six digits instead of name and password, chosen with the password. */
export const pinRoutes: Routes = async (app, { config: serverConfig, db: { sql } }) => {
  const config = { access: 'signed-in' } as const;

  app.get('/account/pin', { config }, async (request, reply) => {
    if (!mayUsePin(viewerOf(request))) return reply.refuse({ refused: 'pin_for_the_counter' });
    return reply.page(<PinPage />);
  });

  app.post('/account/pin', { config }, async (request, reply) => {
    const viewer = viewerOf(request);
    if (!mayUsePin(viewer)) return reply.refuse({ refused: 'pin_for_the_counter' });
    const { password, pin, repeated } = pinForm.catch(pinForm.parse({})).parse(request.body);
    if (pin !== repeated) return again({ refused: 'pins_differ' }, 'repeated');
    const { personId, username } = viewer;
    const checked = await checkOwnPassword(sql, { personId, username, password, address: request.ip });
    if ('refused' in checked) return again(checked, FIELDS[checked.refused] ?? 'pin');
    const outcome = await trustDevice(sql, {
      personId,
      pin,
      token: deviceTokenOf(request, serverConfig),
      userAgent: request.headers['user-agent'],
      address: request.ip,
    });
    if ('refused' in outcome) return again(outcome, 'pin');
    keepDevice(reply, outcome);
    return reply.redirect('/account?device=known', 303);

    function again(refusal: { refused: string }, name: 'password' | 'pin' | 'repeated') {
      const error = { name, message: refusalText(request.locale, refusal) };
      return reply.code(refusalStatus(refusal)).page(<PinPage error={error} />);
    }
  });

  app.post('/account/devices/endings', { config }, async (request, reply) => {
    const form = z.object({ device: rowNumber }).safeParse(request.body);
    const { personId } = viewerOf(request);
    if (form.success) await forgetDevice(sql, { personId, deviceId: form.data.device, address: request.ip });
    return reply.redirect('/account', 303);
  });

  function keepDevice(reply: FastifyReply, { token, expiresAt }: { token: string; expiresAt: Date }): void {
    const options = { ...cookieOptions(serverConfig), expires: expiresAt };
    reply.setCookie(cookieName(serverConfig, 'device'), token, options);
  }
};

/** What the browser holds of a device, if anything. */
export function deviceTokenOf({ cookies }: FastifyRequest, config: Config): string | undefined {
  return cookies[cookieName(config, 'device')];
}
