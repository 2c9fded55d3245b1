import { z } from 'zod';
import { ResetPage } from '../../views/people/reset-page.tsx';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { problems } from '../platform/http/api-schemas.ts';
import { refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { resetPassword } from './reset-code.ts';

const text = (longest: number) => z.string().max(longest).default('').catch('');

const resetForm = z.object({ username: text(100), code: text(40), newPassword: text(1000), repeated: text(1000) });

const FIELDS: Readonly<Record<string, 'code'>> = { wrong_reset_code: 'code', too_many_attempts: 'code' };

/** 忘了密码: whoever was given a code sets a new password. */
export const resetRoutes: Routes = async (app, { db: { sql } }) => {
  const config = { access: 'everybody' } as const;

  app.get('/reset', { config }, async (_request, reply) =>
    reply.page(<ResetPage values={{ username: '', code: '' }} />),
  );

  app.post('/reset', { config }, async (request, reply) => {
    const { repeated, ...form } = resetForm.catch(resetForm.parse({})).parse(request.body);
    const values = { username: form.username, code: form.code };
    if (form.newPassword !== repeated) {
      const message = refusalText(request.locale, { refused: 'passwords_differ' });
      return reply.code(422).page(<ResetPage values={values} error={{ name: 'repeated', message }} />);
    }
    const outcome = await resetPassword(sql, { ...form, address: request.ip });
    if ('refused' in outcome) {
      if (outcome.refused === 'too_many_attempts') reply.header('retry-after', outcome.retryAfterSeconds);
      const error = { name: FIELDS[outcome.refused] ?? 'newPassword', message: refusalText(request.locale, outcome) };
      return reply.code(refusalStatus(outcome)).page(<ResetPage values={values} error={error} />);
    }
    return reply.redirect('/sign-in?reset=done', 303);
  });

  app.post(
    '/api/v1/password-resets',
    {
      config,
      schema: {
        summary: 'Set a new password with a code from the office above',
        body: z.object({
          username: z.string().min(1).max(100),
          code: z.string().min(1).max(40),
          newPassword: z.string().min(1).max(200),
        }),
        response: { 204: z.null(), ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await resetPassword(sql, { ...request.body, address: request.ip });
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(204).send(null);
    },
  );
};
