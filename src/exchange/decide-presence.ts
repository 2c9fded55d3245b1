/**
 * Who stands at the counter when it is not the household by itself: a proxy (代领人), or people who say that they know who it is
 * (当面确认). A cadre fetches for others with two such people only, who hands out the goods fetches for one other household a day,
 * and nobody for more than three.
 */

export const PROXY_RELATIONS = ['family', 'neighbour', 'cadre'] as const;

export type ProxyRelation = (typeof PROXY_RELATIONS)[number];

export interface Presence {
  /** Left out: the household itself. */
  proxy?: { relation: ProxyRelation; name?: string | undefined } | undefined;
  /** Names of people at the counter who know whose card it is. */
  confirmedBy?: readonly string[] | undefined;
}

export interface PresenceBasis {
  recorderName: string;
  /** Other households for which somebody of the proxy's name fetched today. */
  fetchedForOthers: number;
}

/** In order of precedence. */
export type PresenceRefusal =
  | { refused: 'proxy_name_needed' }
  | { refused: 'confirmed_by_recorder'; name: string }
  | { refused: 'confirmed_by_proxy'; name: string }
  | { refused: 'cadre_needs_two'; given: number }
  | { refused: 'proxy_too_often'; name: string; most: number };

export const MOST_CONFIRMING = 2;
const MOST_FOR_OTHERS = 3;
const MOST_FOR_OTHERS_BY_RECORDER = 1;

/** What the act says of it: the relation for everybody, names as salted digests alone. */
export interface DecidedPresence {
  facts: { proxy?: ProxyRelation; photos?: { photo: string; sha256: string }[] };
  disclosed: { proxy?: string; confirmedBy?: string };
}

export function decidePresence(
  { proxy, confirmedBy = [] }: Presence,
  { recorderName, fetchedForOthers }: PresenceBasis,
): PresenceRefusal | DecidedPresence {
  const names = [...new Set(confirmedBy)];
  const name = proxy?.name;
  // A member of the family may be a child whom everybody knows; anybody else says who they are.
  if (proxy && proxy.relation !== 'family' && name === undefined) return { refused: 'proxy_name_needed' };
  if (names.includes(recorderName)) return { refused: 'confirmed_by_recorder', name: recorderName };
  if (name !== undefined && names.includes(name)) return { refused: 'confirmed_by_proxy', name };
  if (proxy?.relation === 'cadre' && names.length < 2) return { refused: 'cadre_needs_two', given: names.length };
  if (name !== undefined) {
    const most = name === recorderName ? MOST_FOR_OTHERS_BY_RECORDER : MOST_FOR_OTHERS;
    if (fetchedForOthers >= most) return { refused: 'proxy_too_often', name, most };
  }
  return {
    facts: proxy ? { proxy: proxy.relation } : {},
    disclosed: {
      ...(name !== undefined && { proxy: name }),
      ...(names.length > 0 && { confirmedBy: names.join('、') }),
    },
  };
}
