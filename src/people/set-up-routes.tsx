import { z } from 'zod';
import { SetUpPage, type SetUpValues } from '../../views/people/set-up-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { keepSession } from '../platform/http/session-cookie.ts';
import { signInRequest } from './access-routes.ts';
import { countAttempt, forgiveAttempts } from './attempts.ts';
import { commonPasswords } from './common-passwords.ts';
import { decidePassword } from './decide-password.ts';
import { hashPassword } from './passwords.ts';
import { openFactorVault } from './second-factor.ts';
import { isSetUpCode, removeSetUpCode } from './set-up-code.ts';
import { awaitsSetUp, setUpCounty } from './set-up-county.ts';
import { isUsername, signIn } from './sign-in.ts';

const text = (longest: number) => z.string().trim().max(longest).default('').catch('');

const setUpForm = z.object({
  code: text(40),
  countyName: text(40),
  countyCode: text(20),
  displayName: text(40),
  username: text(40),
  password: z.string().max(1000).default('').catch(''),
});

/** What is guessed at, in the count of attempts; no username holds a parenthesis. */
const CODE_ATTEMPTS = '(set-up code)';

/** The first administrator of an empty installation. */
export const setUpRoutes: Routes = async (app, { config: serverConfig, db: { sql }, sessionTokens }) => {
  const vault = openFactorVault(serverConfig.dataDir);

  const config = { access: 'everybody' } as const;
  const isOpen = () => awaitsSetUp(sql, serverConfig);

  app.get('/set-up', { config }, async (_request, reply) => {
    if (!(await isOpen())) return reply.refuse({ refused: 'set_up_done' });
    return reply.page(<SetUpPage values={setUpForm.parse({})} />);
  });

  app.post('/set-up', { config }, async (request, reply) => {
    if (!(await isOpen())) return reply.refuse({ refused: 'set_up_done' });
    const form = setUpForm.catch(setUpForm.parse({})).parse(request.body);
    const { password, ...values } = form;
    const answer = (status: number, errors: FieldErrors) =>
      reply.code(status).page(<SetUpPage values={values} errors={errors} />);

    const errors = await faultsOf(form);
    if (errors.length > 0) return answer(422, errors);
    const attempt = { username: CODE_ATTEMPTS, address: request.ip };
    const counted = await countAttempt(sql, attempt);
    if ('refused' in counted) return answer(429, [fault('code', counted)]);
    if (!isSetUpCode(serverConfig.dataDir, form.code)) {
      return answer(422, [fault('code', { refused: 'wrong_set_up_code', ...counted })]);
    }
    await forgiveAttempts(sql, attempt);

    const passwordHash = await hashPassword(password);
    const { countyName, displayName, username } = form;
    const draft = { countyCode: form.countyCode.padEnd(12, '0'), countyName, displayName, username, passwordHash };
    const outcome = await sql.begin((tx) => setUpCounty(tx, { ...draft, today: request.today }));
    if ('refused' in outcome) {
      if (outcome.refused === 'set_up_done') return reply.refuse(outcome);
      const name = outcome.refused === 'username_taken' ? 'username' : 'countyCode';
      return answer(refusalStatus(outcome), [fault(name, outcome)]);
    }
    removeSetUpCode(serverConfig.dataDir);
    const session = await signIn(sql, { username, password, ...signInRequest(request, 'page'), vault });
    if (!('refused' in session)) {
      const token = sessionTokens.sign(session.sessionId, 'page', session.expiresAt);
      keepSession(reply, serverConfig, token, session.expiresAt);
    }
    return reply.redirect(`/regions/${outcome.countyCode}/administration`, 303);

    function fault(name: string, refusal: { refused: string }) {
      return { name, message: refusalText(request.locale, refusal) };
    }

    async function faultsOf({
      code,
      countyName,
      countyCode,
      displayName,
      username,
      password,
    }: SetUpValues & { password: string }) {
      const t = translate(request.locale);
      const decided = decidePassword({ username, password }, await commonPasswords());
      return [
        ...(code === '' ? [{ name: 'code', message: t('people.setUp.codeMissing') }] : []),
        ...(countyName === '' ? [{ name: 'countyName', message: t('people.setUp.countyNameMissing') }] : []),
        ...(/^\d{6}(\d{6})?$/.test(countyCode)
          ? []
          : [{ name: 'countyCode', message: t('people.setUp.countyCodeWrong') }]),
        ...(displayName === '' ? [{ name: 'displayName', message: t('people.person.nameMissing') }] : []),
        ...(isUsername(username) ? [] : [{ name: 'username', message: t('people.person.usernameWrong') }]),
        ...('refused' in decided ? [fault('password', decided)] : []),
      ];
    }
  });
};
