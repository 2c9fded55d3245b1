import { expect, test } from 'vitest';
import { findArrowFaults } from './arrows.ts';

const SCHEMA = { path: 'src/ledger/schema.ts', text: "export const account = pgTable(\n  'account',\n  {},\n);" };
const POST_ACT = {
  path: 'src/ledger/post_act.sql',
  text: 'create or replace function post_act(p_id integer) returns void',
};

const faultsOf = (path: string, text: string) => findArrowFaults([SCHEMA, POST_ACT, { path, text }]);

test.each([
  [1, 'a folder to the right', 'src/ledger/post.ts', "import { redeemGoods } from '../exchange/index.ts';"],
  [1, 'a neighbour', 'src/cards/open-cards.ts', "import { shelf } from '../goods/index.ts';"],
  [1, 'a file past the front door', 'src/exchange/redeem-goods.ts', "import { post } from '../ledger/post.ts';"],
  [
    1,
    'a type past the front door',
    'src/exchange/redeem-goods.ts',
    "import type { Entry } from '../ledger/posting.ts';",
  ],
  [
    1,
    'a second import over several lines',
    'src/goods/shelf.ts',
    "import a from 'a';\nimport {\n  b,\n} from '../ledger/b.ts';",
  ],
  [1, 'a re-export', 'src/goods/index.ts', "export * from '../awards/index.ts';"],
  [1, 'an import for its effects', 'src/goods/shelf.ts', "import '../awards/index.ts';"],
  [1, 'an import at run time', 'src/goods/shelf.ts', "const { a } = await import('../awards/index.ts');"],
  [1, 'a folder without a place', 'src/pets/feed.ts', "import { post } from '../ledger/index.ts';"],
  [1, 'the app from below', 'src/goods/shelf.ts', "import { createApp } from '../app.ts';"],
  [1, 'what is made for tests', 'src/goods/shelf.ts', "import { cast } from '../../test/support/cast.ts';"],
  [1, 'a database function of another folder', 'src/exchange/redeem-goods.ts', 'await sql`select post_act(${id})`;'],
  [1, 'a database function to the right', 'src/auditlog/append.sql', 'perform post_act(1);'],
  [2, 'a package in a decision', 'src/exchange/decide-redemption.ts', "import { z } from 'zod';"],
  [
    2,
    'the type of a package in a decision',
    'src/exchange/decide-redemption.ts',
    "import type { Sql } from 'postgres';",
  ],
  [2, 'chance in a decision', 'src/exchange/decide-redemption.ts', "import { newPublicId } from '../platform/ids.ts';"],
  [2, 'a read in a decision', 'src/exchange/decide-redemption.ts', "import { basis } from './redemption-basis.ts';"],
  [2, 'the time of day in a decision', 'src/exchange/decide-redemption.ts', 'const now = new Date();'],
  [
    3,
    'a command in a view',
    'views/exchange/counter-page.tsx',
    "import { redeemGoods } from '../../src/exchange/index.ts';",
  ],
  [
    3,
    'a type past the door of another folder',
    'views/exchange/a.tsx',
    "import type { A } from '../../src/goods/shelf.ts';",
  ],
  [3, 'a query in a view', 'views/exchange/counter-page.tsx', "import { eq } from 'drizzle-orm';"],
  [3, 'a file in a view', 'views/exchange/counter-page.tsx', "import { readFileSync } from 'node:fs';"],
  [3, 'a view to the right', 'views/cards/card-page.tsx', "import { Slip } from '../exchange/slip-page.tsx';"],
  [4, 'Fastify in a command', 'src/exchange/redeem-goods.ts', "import type { FastifyRequest } from 'fastify';"],
  [4, 'a plugin in a read', 'src/exchange/basis.ts', "import jwt from '@fastify/jwt';"],
  [
    4,
    'a view in a command',
    'src/exchange/redeem-goods.ts',
    "import { Slip } from '../../views/exchange/slip-page.tsx';",
  ],
  [4, 'routes behind the front door', 'src/exchange/index.ts', "export { routes } from './routes.ts';"],
  [6, 'a row written by SQL', 'src/exchange/redeem-goods.ts', 'await tx`insert into account (n) values (1)`;'],
  [6, 'an update with an alias', 'src/exchange/a.sql', 'update account as a\n   set n = 1'],
  [6, 'an upper-case delete', 'src/exchange/a.sql', 'DELETE FROM account'],
  [6, 'a truncate', 'src/exchange/a.sql', 'truncate account'],
  [
    6,
    'a row written by drizzle',
    'src/cards/a.ts',
    "import { account } from '../ledger/index.ts';\nawait tx.update(account).set({});",
  ],
])('arrow %i refuses %s', (rule, _what, path, text) => {
  const faults = faultsOf(path, text);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(new RegExp(`^${path}:\\d+ [\\s\\S]*arrow ${rule}:`));
});

test.each([
  ['a front door to the left', 'src/exchange/redeem-goods.ts', "import { post } from '../ledger/index.ts';"],
  ['a file of the platform', 'src/exchange/redeem-goods.ts', "import type { Tx } from '../platform/database/db.ts';"],
  ['a file of the own folder', 'src/exchange/redeem-goods.ts', "import { basis } from './redemption-basis.ts';"],
  ['a table to the left for a foreign key', 'src/cards/schema.ts', "import { account } from '../ledger/schema.ts';"],
  ['routes in app.ts', 'src/app.ts', "import { routes } from './exchange/routes.ts';"],
  ['types in a decision', 'src/exchange/decide-redemption.ts', "import { type A, type B } from '../ledger/index.ts';"],
  [
    'points and decisions in a decision',
    'src/exchange/decide-a.ts',
    "import { a } from './decide-b.ts';\nimport { b } from '../platform/points.ts';",
  ],
  ['a given time in a decision', 'src/exchange/decide-redemption.ts', 'const day = new Date(now);'],
  [
    'a type in a view',
    'views/exchange/counter-page.tsx',
    "import type { Basis } from '../../src/exchange/redemption-basis.ts';",
  ],
  [
    'points in a view',
    'views/exchange/counter-page.tsx',
    "import { formatPoints } from '../../src/platform/points.ts';",
  ],
  ['a view to the left', 'views/exchange/counter-page.tsx', "import { CardFace } from '../cards/card-page.tsx';"],
  [
    'Fastify and views in routes',
    'src/exchange/api-routes.ts',
    "import fastify from 'fastify';\nimport { A } from '../../views/exchange/a.tsx';",
  ],
  ['a read of another table', 'src/exchange/basis.ts', 'await sql`select n from account for update`;'],
  ['an own row', 'src/ledger/a.sql', 'insert into account (n) values (1) on conflict do update set n = 2'],
  ['a function to the left from SQL', 'src/exchange/a.sql', 'perform post_act(1);'],
  ['a write in a comment', 'src/exchange/a.sql', '-- then delete from account'],
  ['a map with the name of a table', 'src/exchange/a.ts', 'seen.delete(account);'],
])('the arrows allow %s', (_what, path, text) => {
  expect(faultsOf(path, text)).toEqual([]);
});
