import { z } from 'zod';
import { RecoveryCodesPage, SecondFactorPage } from '../../views/people/second-factor-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { viewerOf } from './access-routes.ts';
import { checkOwnPassword } from './change-password.ts';
import {
  beginSecondFactor,
  confirmSecondFactor,
  openFactorVault,
  removeSecondFactor,
  type SecondFactor,
  secondFactorOf,
  waitingSecret,
} from './second-factor.ts';
import { authenticatorAddress, base32 } from './totp.ts';
import { workplaceOf } from './workplace.ts';

const codeForm = z.object({ code: z.string().max(40).default('').catch('') });
const passwordForm = z.object({ password: z.string().max(1000).default('').catch('') });

/** 两步登录: added with a first code, removed with the password. */
export const secondFactorRoutes: Routes = async (app, { config: { dataDir }, db: { sql } }) => {
  const vault = openFactorVault(dataDir);
  const config = { access: 'signed-in', beforeSecondFactor: true } as const;

  app.get('/second-factor', { config }, async (request, reply) => reply.page(await pageOf(request)));

  app.post('/second-factor/secrets', { config }, async (request, reply) => {
    await beginSecondFactor(sql, vault, viewerOf(request).personId);
    return reply.redirect('/second-factor', 303);
  });

  app.post('/second-factor', { config }, async (request, reply) => {
    const { code } = codeForm.catch({ code: '' }).parse(request.body);
    const viewer = viewerOf(request);
    const outcome = await sql.begin((tx) =>
      confirmSecondFactor(tx, { vault, personId: viewer.personId, code, address: request.ip }),
    );
    if ('refused' in outcome) {
      const message = refusalText(request.locale, outcome);
      // A wrong first code is a slip of the finger, not a failed sign-in.
      const status = outcome.refused === 'wrong_code' ? 422 : refusalStatus(outcome);
      return reply.code(status).page(await pageOf(request, { name: 'code', message }));
    }
    return reply.page(<RecoveryCodesPage codes={outcome.recoveryCodes} homeHref={workplaceOf(viewer).homeHref} />);
  });

  app.post('/second-factor/removals', { config }, async (request, reply) => {
    const { password } = passwordForm.catch({ password: '' }).parse(request.body);
    const { personId, username } = viewerOf(request);
    const outcome = await checkOwnPassword(sql, { personId, username, password, address: request.ip });
    if ('refused' in outcome) {
      const message = refusalText(request.locale, outcome);
      return reply.code(refusalStatus(outcome)).page(await pageOf(request, { name: 'password', message }));
    }
    await removeSecondFactor(sql, { personId, byPersonId: personId, address: request.ip });
    return reply.redirect('/second-factor', 303);
  });

  async function pageOf(
    request: Parameters<typeof viewerOf>[0],
    error?: { name: 'code' | 'password'; message: string },
  ) {
    const viewer = viewerOf(request);
    const [factor, secret] = await Promise.all([
      secondFactorOf(sql, viewer.personId),
      waitingSecret(sql, vault, viewer.personId),
    ]);
    return (
      <SecondFactorPage
        state={stateOf(factor, secret, viewer.username, translate(request.locale)('shared.product'))}
        demandedIn={viewer.mustAddSecondFactor ? countyCodeOf(viewer.appointments) : undefined}
        isDemanded={viewer.mustAddSecondFactor}
        error={error}
      />
    );
  }
};

function stateOf(factor: SecondFactor | null, secret: Buffer | null, account: string, issuer: string) {
  if (!factor) return { kind: 'off' } as const;
  if (factor.isConfirmed) return { kind: 'on', recoveryCodesLeft: factor.recoveryCodesLeft } as const;
  if (!secret) return { kind: 'off' } as const;
  const key = base32(secret).replace(/(.{4})(?=.)/g, '$1 ');
  return { kind: 'begun', address: authenticatorAddress({ issuer, account, secret }), key } as const;
}

/** The county whose demand this person may turn off. */
function countyCodeOf(appointments: readonly { role: string; regionCode: string }[]): string | undefined {
  return appointments.find(({ role }) => role === 'county_administrator')?.regionCode;
}
