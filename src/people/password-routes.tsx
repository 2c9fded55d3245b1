import { z } from 'zod';
import { PasswordChangedPage, PasswordPage } from '../../views/people/password-page.tsx';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { viewerOf } from './access-routes.ts';
import { changePassword } from './change-password.ts';
import { workplaceOf } from './workplace.ts';

const passwordForm = z.object({
  oldPassword: z.string().max(1000).default(''),
  newPassword: z.string().max(1000).default(''),
  repeated: z.string().max(1000).default(''),
});

/** At most one field of the form answers for a refusal. */
const FIELDS: Readonly<Record<string, 'oldPassword'>> = {
  wrong_old_password: 'oldPassword',
  too_many_attempts: 'oldPassword',
};

export const passwordRoutes: Routes = async (app, { db: { sql } }) => {
  const config = { access: 'signed-in', beforePasswordChange: true } as const;

  app.get('/password', { config }, async (request, reply) => {
    const { mustChangePassword, username } = viewerOf(request);
    return reply.page(<PasswordPage username={username} isForced={mustChangePassword} />);
  });

  app.post('/password', { config }, async (request, reply) => {
    const viewer = viewerOf(request);
    const { personId, username, sessionId, mustChangePassword } = viewer;
    const form = passwordForm.catch(passwordForm.parse({})).parse(request.body);
    const page = { username, isForced: mustChangePassword };
    if (form.newPassword !== form.repeated) {
      const message = refusalText(request.locale, { refused: 'passwords_differ' });
      return reply.code(422).page(<PasswordPage {...page} error={{ name: 'repeated', message }} />);
    }
    const { oldPassword, newPassword } = form;
    const change = { personId, username, sessionId, oldPassword, newPassword, address: request.ip };
    const outcome = await changePassword(sql, change);
    if ('refused' in outcome) {
      const name = FIELDS[outcome.refused] ?? 'newPassword';
      const error = { name, message: refusalText(request.locale, outcome) } as const;
      return reply.code(refusalStatus(outcome)).page(<PasswordPage {...page} error={error} />);
    }
    return reply.redirect('/password/changed', 303);
  });

  app.get('/password/changed', { config: { access: 'signed-in' } }, async (request, reply) =>
    reply.page(<PasswordChangedPage homeHref={workplaceOf(viewerOf(request)).homeHref} />),
  );
};
