import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Config } from '../config.ts';
import type { Db } from '../database/db.ts';
import type { SessionTokens } from './session-token.ts';

/** What every folder's routes are given. */
export interface RouteServices {
  config: Config;
  db: Db;
  sessionTokens: SessionTokens;
}

/** A folder's routes: a Fastify plugin whose requests are parsed by zod. */
export type Routes = FastifyPluginAsyncZod<RouteServices>;
