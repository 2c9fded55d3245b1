/** Everybody who could ask: a stranger, and one person of every role with a browser and a program. */
import { appoint, findRegion, hashPassword, LEVEL_OF_ROLE, ROLES, type Role } from '../../src/people/index.ts';
import type { TestApp } from '../support/app.ts';
import { countyCode, FOUNDED_ON, PASSWORD, people, townshipCode, willowCode } from '../support/cast.ts';

export interface Actor {
  name: string;
  cookies: Record<string, string>;
  csrfToken: string;
  bearer: string | null;
}

export async function gatherActors(world: TestApp): Promise<Actor[]> {
  const usernames = [...Object.values(people), ...(await appointTheOthers(world))];
  const actors: Actor[] = [await visitorOf(world, 'nobody')];
  for (const username of usernames) actors.push(await signInAs(world, username));
  return actors;
}

/** Signs in anew whoever was signed out by what somebody of right did meanwhile. */
export async function reviveActors(world: TestApp, actors: Actor[]): Promise<void> {
  for (const [at, actor] of actors.entries()) {
    if (actor.bearer === null) continue;
    const [page, program] = await Promise.all([
      world.app.inject({ url: '/account', cookies: actor.cookies }),
      world.app.inject({ url: '/api/v1/sessions', headers: { authorization: `Bearer ${actor.bearer}` } }),
    ]);
    if (page.statusCode !== 200 || program.statusCode !== 200) actors[at] = await signInAs(world, actor.name);
  }
}

async function visitorOf({ app }: TestApp, name: string): Promise<Actor> {
  const page = await app.inject('/sign-in');
  const cookies = Object.fromEntries(page.cookies.map((cookie) => [cookie.name, cookie.value]));
  return { name, cookies, csrfToken: /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '', bearer: null };
}

async function signInAs(world: TestApp, username: string): Promise<Actor> {
  const actor = await visitorOf(world, username);
  const answer = await world.app.inject({
    method: 'POST',
    url: '/sign-in',
    cookies: actor.cookies,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    payload: new URLSearchParams({ _csrf: actor.csrfToken, username, password: PASSWORD }).toString(),
  });
  for (const { name, value } of answer.cookies) actor.cookies[name] = value;
  return { ...actor, bearer: await world.apiToken(username) };
}

/** One more person for every role that the cast leaves out. */
async function appointTheOthers({ db: { sql } }: TestApp): Promise<string[]> {
  const held = await sql<{ role: Role }[]>`select distinct role from appointment`;
  const missing = ROLES.filter((role) => !held.some((one) => one.role === role));
  const passwordHash = await hashPassword(PASSWORD);
  for (const role of missing) {
    const code = { county: countyCode, township: townshipCode, village: willowCode }[LEVEL_OF_ROLE[role]];
    const { regionId = 0 } = (await findRegion(sql, code)) ?? {};
    const draft = {
      username: usernameOf(role),
      displayName: role,
      role,
      regionId,
      startsOn: FOUNDED_ON,
      mustChangePassword: false,
    };
    await sql.begin((tx) => appoint(tx, draft, passwordHash));
  }
  return missing.map(usernameOf);
}

const usernameOf = (role: Role) => role.replaceAll('_', '-');
