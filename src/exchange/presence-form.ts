import { z } from 'zod';
import { allOf, lastOf } from '../platform/http/form-fields.ts';
import { MOST_CONFIRMING, PROXY_RELATIONS, type Presence } from './decide-presence.ts';

/** What the counter's form says about who is there, as it was typed; digits never come back. */
export interface TypedPresence {
  proxy: string;
  proxyName: string;
  confirmedBy: readonly string[];
}

export function typedPresence(body: Readonly<Record<string, unknown>>): TypedPresence {
  const names = allOf(body['confirmedBy']).map((name) => name.normalize('NFKC').trim().slice(0, 40));
  return {
    proxy: lastOf(body['proxy'])?.slice(0, 20) ?? '',
    proxyName: lastOf(body['proxyName'])?.normalize('NFKC').slice(0, 40) ?? '',
    confirmedBy: names.filter((name) => name !== '').slice(0, MOST_CONFIRMING),
  };
}

/** "本户的人" is the value `self`, which is also what a form without the field means. */
const relation = z.enum(['self', ...PROXY_RELATIONS]);

const personName = z.string().max(20);

export function readPresence(
  body: Readonly<Record<string, unknown>>,
): (Presence & { pin: string | undefined }) | { refused: 'proxy_relation_needed' | 'invalid_input' } {
  const typed = typedPresence(body);
  const found = relation.safeParse(typed.proxy === '' ? 'self' : typed.proxy);
  const names = z.array(personName).safeParse([typed.proxyName, ...typed.confirmedBy]);
  if (!found.success || !names.success) return { refused: 'invalid_input' };
  // A name that nobody asked for is not thrown away silently.
  if (found.data === 'self' && typed.proxyName !== '') return { refused: 'proxy_relation_needed' };
  const name = typed.proxyName === '' ? undefined : typed.proxyName;
  return {
    pin: lastOf(body['pin'])?.slice(0, 20),
    confirmedBy: typed.confirmedBy,
    ...(found.data !== 'self' && { proxy: { relation: found.data, name } }),
  };
}
