import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ProofPage } from '../../views/people/proof-page.tsx';
import { refusalText } from '../../views/shared/refusal-text.ts';
import type { Config } from '../platform/config.ts';
import type { Db } from '../platform/database/db.ts';
import { lastOf } from '../platform/http/form-fields.ts';
import { refusalStatus } from '../platform/http/refusals.ts';
import { isApi } from '../platform/http/replies.tsx';
import { draftOf } from './draft.ts';
import { isProofFresh, proofMeans, proveAgain } from './fresh-proof.ts';
import { deviceTokenOf } from './pin-routes.tsx';
import { openFactorVault } from './second-factor.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What matters so much that whoever signed in a while ago proves again who they are. */
    freshProof?: boolean;
  }
}

/** The field of the page that asks; it goes to the address of the form that waits, together with what that form held. */
const FIELD = 'identityProof';

const proofField = z.record(z.string(), z.unknown()).catch({});

/**
 * Asked beside the rights and in one place. The page that asks holds everything that the form held and sends it to where it was
 * going, so nothing is typed twice and one press does both. Programs sign in anew.
 */
export function registerFreshProof(app: FastifyInstance, { config, db: { sql } }: { config: Config; db: Db }): void {
  const vault = openFactorVault(config.dataDir);

  app.addHook('onRoute', (route) => {
    const { config: declared, schema, url } = route;
    if (!declared?.freshProof) return;
    route.preValidation = [...[route.preValidation ?? []].flat(), demandProof];
    if (!schema || !url.startsWith('/api/')) return;
    schema.description = 'Answers 403 `proof_too_old` when the sign-in is older than 15 minutes: sign in anew.';
  });

  async function demandProof(request: FastifyRequest, reply: FastifyReply) {
    const { viewer } = request;
    if (!viewer) return;
    if (await isProofFresh(sql, viewer.sessionId)) return;
    if (isApi(request)) return reply.refuse({ refused: 'proof_too_old' });
    const body = proofField.parse(request.body);
    const proof = lastOf(body[FIELD]);
    const deviceToken = deviceTokenOf(request, config);
    const { sessionId, personId, username } = viewer;
    if (proof === undefined) return ask(request, reply, body);
    const { today, ip: address } = request;
    const input = { vault, sessionId, personId, username, proof, deviceToken, today, address };
    const outcome = await proveAgain(sql, input);
    if ('refused' in outcome) return ask(request, reply, body, outcome);
    request.body = withoutProof(body);
  }

  async function ask(
    request: FastifyRequest,
    reply: FastifyReply,
    body: Record<string, unknown>,
    refusal?: { refused: string },
  ) {
    const personId = request.viewer?.personId ?? 0;
    const means = await proofMeans(sql, { personId, deviceToken: deviceTokenOf(request, config) });
    const error = refusal && { name: FIELD, message: refusalText(request.locale, refusal) };
    return reply
      .code(refusalStatus(refusal ?? { refused: 'proof_too_old' }))
      .page(
        <ProofPage
          draft={draftOf(request.url, withoutProof(body))}
          field={FIELD}
          means={means.deviceId !== null ? 'pin' : means.hasAuthenticator ? 'authenticator' : 'password'}
          error={error}
        />,
      );
  }
}

function withoutProof(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== FIELD));
}
