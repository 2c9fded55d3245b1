/**
 * Makes requests out of what the server says of itself: its table of routes, its API's document, and the links and forms of the
 * pages that it answered so far. Most are wrong in one place, so that they come far before they are refused.
 */
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Actor } from './actors.ts';
import { type FoundForm, formsIn, linksIn } from './forms.ts';
import { hostileText, hostileValue, type Json, spoil, spoilWire } from './hostile-values.ts';
import { FIELD_NAMES, QUERY_NAMES, WORDS, wordsFor } from './known-words.ts';
import type { Random } from './random.ts';
import { type JsonSchema, sampleOf } from './sample-schema.ts';

type RouteAccess = FastifyInstance['accessTable'][number];
type Method = NonNullable<InjectOptions['method']>;

interface Operation {
  parameters?: { name: string; in: 'path' | 'query' | 'header'; schema: JsonSchema }[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
}

export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>;
}

export interface MadeRequest {
  route: string;
  actor: Actor;
  isWrite: boolean;
  options: InjectOptions & { method: Method; url: string; headers: Record<string, string> };
}

interface Target {
  method: 'GET' | 'POST';
  url: string;
  pattern: RegExp;
  operation: Operation | undefined;
  /** Addresses and forms that pages of the server showed. */
  addresses: string[];
  forms: FoundForm[];
  /** Who was let in so far. */
  welcome: Set<string>;
}

const MOST_KEPT = 30;

const OTHER_METHODS = [
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'HEAD',
  'POST',
  'GET',
  'TRACE',
  'PROPFIND',
  'QUERY',
] as const;
const MEDIA_TYPES = [
  'text/plain',
  'text/xml',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'application/json; charset=utf-7',
  'application/x-www-form-urlencoded; charset=gbk',
  'application/octet-stream',
  'application/json, text/html',
  '*/*',
  '',
];

export function openRequests(random: Random, routes: readonly RouteAccess[], document: ApiDocument) {
  const targets = routes.flatMap(({ method, url }) =>
    method === 'GET' || method === 'POST' ? [targetOf(method, url, document)] : [],
  );
  const bySpecificity = targets.toSorted((left, right) => wildcards(left.url) - wildcards(right.url));
  const targetAt = (method: string, address: string) => {
    const [path = ''] = address.split(/[?#]/);
    return bySpecificity.find((target) => target.method === method && target.pattern.test(path));
  };
  let drawn = 0;

  function make(actors: readonly Actor[]): MadeRequest {
    const target = random.pick(targets);
    const insiders = actors.filter(({ name }) => target.welcome.has(name));
    const actor = insiders.length > 0 && random.chance(0.75) ? random.pick(insiders) : random.pick(actors);
    const method: Method = random.chance(0.03) ? random.pick(OTHER_METHODS) : target.method;
    const isApi = target.url.startsWith('/api/');
    const headers: Record<string, string> = isApi ? bearerOf(actor) : { 'sec-fetch-site': 'same-origin' };
    const options: MadeRequest['options'] = { method, url: addressOf(target), headers, cookies: { ...actor.cookies } };
    if (target.method === 'POST') {
      Object.assign(options, isApi ? jsonBody(target, headers) : formBody(target, headers, actor));
    }
    for (const name of Object.keys(headers).filter(() => random.chance(0.02))) headers[name] = headerText();
    if (random.chance(0.1)) headers[random.pick(HEADERS)] = headerText();
    if (random.chance(0.05)) options.cookies = badCookies(actor);
    if (isApi && random.chance(0.04)) headers.authorization = badBearer(actor);
    return { route: `${target.method} ${target.url}`, actor, isWrite: !SAFE.has(method), options };
  }

  /** Every page once for some of those who may see it, so that their forms are known. */
  function firstLooks(actors: readonly Actor[]): MadeRequest[] {
    const pages = targets.filter(({ method, url }) => method === 'GET' && !url.startsWith('/api/'));
    return actors.flatMap((actor) =>
      pages.map(({ url }) => {
        const address = url.replace(/:(\w+)|\*/g, (whole, name = whole) => wire(wordsFor(name)[0] ?? ''));
        return {
          route: `GET ${url}`,
          actor,
          isWrite: false,
          options: { method: 'GET', url: address, headers: {}, cookies: actor.cookies },
        };
      }),
    );
  }

  /** Learns from an answer: what its page leads to, and who may come in. */
  function learn({ route, actor }: MadeRequest, { statusCode, body, headers }: LightMyRequestResponse) {
    const target = targets.find(({ method, url }) => route === `${method} ${url}`);
    if (![401, 403].includes(statusCode)) target?.welcome.add(actor.name);
    if (!String(headers['content-type']).startsWith('text/html')) return;
    for (const address of linksIn(body)) keep(targetAt('GET', address)?.addresses, address);
    for (const form of formsIn(body)) keep(targetAt(form.method, form.action)?.forms, form);
  }

  function keep<Item>(kept: Item[] | undefined, item: Item): void {
    if (kept === undefined) return;
    if (kept.length < MOST_KEPT) kept.push(item);
    else kept[random.below(MOST_KEPT)] = item;
  }

  function addressOf({ url, addresses, forms, operation }: Target): string {
    const shown = random.chance(0.5) ? [...addresses, ...forms.map(({ action }) => action)] : [];
    let address = shown.length > 0 ? random.pick(shown) : filledIn(url);
    const query = (operation?.parameters ?? []).filter((parameter) => parameter.in === 'query' && random.chance(0.5));
    const pairs = query.map(({ name, schema }): [string, string] => [
      name,
      asText(sampleOf(random, schema, WORDS, name)),
    ]);
    const form = forms.filter(({ method }) => method === 'GET');
    if (form.length > 0 && random.chance(0.7)) pairs.push(...random.pick(form).fields);
    if (random.chance(0.4)) pairs.push([random.pick(QUERY_NAMES), hostileText(random)]);
    if (pairs.length > 0) address += `${address.includes('?') ? '&' : '?'}${encoded(spoilPairs(pairs, 0.4))}`;
    if (random.chance(0.02))
      address += random.pick([
        '%00',
        '%ff',
        '%ed%a0%80',
        '%c0%80',
        '%zz',
        '/',
        '//',
        ';a=b',
        '?',
        '#x',
        '/../x',
        '%2f..%2f',
      ]);
    if (random.chance(0.005)) address = `/${'a/'.repeat(3_000)}${address}`;
    return address;
  }

  function filledIn(url: string): string {
    return url.replace(/:(\w+)|\*/g, (whole, name = whole) => {
      if (random.chance(0.12)) return wire(hostileText(random));
      return wire(random.pick(wordsFor(name)));
    });
  }

  function jsonBody({ operation }: Target, headers: Record<string, string>): Partial<InjectOptions> {
    const schema = operation?.requestBody?.content['application/json']?.schema;
    const whole = schema ? sampleOf(random, schema, WORDS) : {};
    const value = random.chance(0.75) ? spoil(random, whole) : whole;
    const text = JSON.stringify(value);
    drawn += 1;
    headers['content-type'] = random.chance(0.04) ? random.pick(MEDIA_TYPES) : 'application/json';
    headers['idempotency-key'] = random.chance(0.1) ? headerText() : `fuzz-${random.chance(0.2) ? 1 : drawn}`;
    return { payload: random.chance(0.05) ? spoilWire(random, text) : text };
  }

  function formBody({ forms }: Target, headers: Record<string, string>, actor: Actor): Partial<InjectOptions> {
    const known =
      forms.length > 0 ? random.pick(forms).fields : FIELD_NAMES.map((name): [string, string] => [name, '1']);
    const pairs = random.chance(0.8) ? spoilPairs(known, 0.25) : known;
    if (!random.chance(0.04)) pairs.push(['_csrf', actor.csrfToken]);
    else if (random.chance(0.5)) pairs.push(['_csrf', hostileText(random)], ['_csrf', actor.csrfToken]);
    headers['content-type'] = random.chance(0.04) ? random.pick(MEDIA_TYPES) : 'application/x-www-form-urlencoded';
    if (random.chance(0.2)) headers['hx-request'] = 'true';
    return { payload: random.chance(0.01) ? `${'a[b]=1&'.repeat(3_000)}x` : encoded(pairs) };
  }

  function spoilPairs(pairs: readonly [string, string][], probability: number): [string, string][] {
    return pairs.flatMap(([name, value]): [string, string][] => {
      if (!random.chance(probability)) return [[name, value]];
      switch (random.below(5)) {
        case 0:
          return [];
        case 1:
          return [
            [name, value],
            [name, hostileText(random)],
          ];
        case 2:
          return [[random.pick(FIELD_NAMES), value]];
        default:
          return [[name, random.chance(0.5) ? random.pick(wordsFor(name)) : hostileText(random)]];
      }
    });
  }

  /** What a header may hold at all; anything else the parser of HTTP refuses before us. */
  function headerText(): string {
    return hostileText(random)
      .replaceAll(/[^\x20-\x7e]/g, '?')
      .slice(0, 2_000);
  }

  function badCookies(actor: Actor): Record<string, string> {
    const names = [...Object.keys(actor.cookies), 'locale', 'size', 'session'];
    const values = [...Object.values(actor.cookies), headerText(), `${NONE_TOKEN}.`, 's:x.y'];
    return Object.fromEntries(names.map((name) => [name, random.pick(values).replaceAll(/[;,\s]/g, '')]));
  }

  function badBearer({ bearer }: Actor): string {
    const token = bearer ?? NONE_TOKEN;
    return random.pick([
      'Bearer',
      'Bearer ',
      `Bearer ${NONE_TOKEN}.`,
      `Bearer ${token.slice(0, -2)}`,
      `Bearer ${token}.x`,
      `Basic ${token}`,
      `bearer  ${token}`,
      `Bearer ${headerText()}`,
      `Bearer ${'a.'.repeat(2_000)}`,
    ]);
  }

  return { firstLooks, make, learn, routes: targets.map(({ method, url }) => `${method} ${url}`) };

  /** Now and then a value that is no text: as forms send it, in words. */
  function encoded(pairs: readonly [string, string][]): string {
    return pairs
      .map(
        ([name, value]) => `${wire(name)}=${wire(random.chance(0.03) ? JSON.stringify(hostileValue(random)) : value)}`,
      )
      .join('&');
  }
}

const SAFE = new Set<string>(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY']);
const NONE_TOKEN = 'eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiIxIiwiZXhwIjo5OTk5OTk5OTk5fQ';
const HEADERS = [
  'accept-language',
  'accept',
  'accept-encoding',
  'if-none-match',
  'range',
  'host',
  'origin',
  'x-forwarded-for',
  'sec-fetch-site',
  'hx-current-url',
  'content-type',
  'content-encoding',
  'user-agent',
  'idempotency-key',
  'expect',
  'upgrade',
];
const asText = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));

const wildcards = (url: string) => (url.match(/[:*]/g) ?? []).length;

/** Percent signs as a browser writes them; half a character, which has no such writing, as its three bytes. */
function wire(text: string): string {
  return [...text]
    .map((sign) => (/[\ud800-\udfff]/.test(sign) && sign.length === 1 ? '%ED%A0%80' : encodeURIComponent(sign)))
    .join('');
}

function bearerOf({ bearer }: Actor): Record<string, string> {
  return bearer === null ? {} : { authorization: `Bearer ${bearer}` };
}

function targetOf(method: Target['method'], url: string, document: ApiDocument): Target {
  const pattern = new RegExp(`^${url.replaceAll(/[.]/g, '\\.').replaceAll(/:\w+/g, '[^/]+').replace('*', '.+')}$`);
  const operation = document.paths[url.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
  return { method, url, pattern, operation, addresses: [], forms: [], welcome: new Set() };
}
