/**
 * Wishes checked from inside: each went its way step by step, a claim was made by one donor at a time, and the row that says whose
 * wish it is has the pseudonym whose salted hash stands in the act of its filing.
 */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { nextWishState, stateOn, type WishEvent, type WishFacts } from './decide-wish.ts';
import { whoseHash } from './file-wish.ts';

interface StepAct {
  seq: number;
  type: string;
  on: string;
  facts: Record<string, string>;
  isImported: boolean;
  salt: string | null;
  pseudonyms: string[] | null;
}

export async function verifyWishes(sql: Reader, villageId: number): Promise<BadRow | null> {
  const acts = await sql<StepAct[]>`
    select act.seq,
           act.type,
           act.occurred_on as "on",
           act.facts,
           operation.kind = 'import' as "isImported",
           wish.salt,
           array(
             select account.pseudonym
               from account
              where account.village_id = wish.village_id
                and account.holder_id = wish.household_id
           ) as pseudonyms
      from act
      join operation
        on operation.village_id = act.village_id
       and operation.operation_id = act.operation_id
      left join wish
        on wish.village_id = act.village_id
       and wish.wish_id = act.facts ->> 'wish'
       and act.type = 'wish.file'
     where act.village_id = ${villageId}
       and act.facts ? 'wish'
     order by act.seq`;
  const wishes = new Map<string, WishFacts>();
  for (const act of acts) {
    const sentence = enter(wishes, act);
    if (sentence !== null) return { table: 'act', row: `seq ${act.seq}`, sentence };
  }
  return null;
}

function enter(wishes: Map<string, WishFacts>, act: StepAct): string | null {
  const { type, on, facts } = act;
  const name = facts['wish'] ?? '';
  if (type === 'wish.file') {
    wishes.set(name, { state: 'submitted', claim: null });
    return act.isImported ? null : checkWhose(act);
  }
  const wish = wishes.get(name);
  if (!wish) return 'it is about a wish that nobody filed';
  const before = stateOn(wish, on);
  const state = nextWishState(before, type.slice('wish.'.length) as WishEvent);
  if (state === null) return `a wish that is ${before} does not take this step`;
  const claim = type === 'wish.claim' ? { donor: facts['donor'] ?? '', until: facts['until'] ?? '' } : wish.claim;
  wishes.set(name, { state, claim });
  return null;
}

function checkWhose({ facts, salt, pseudonyms }: StepAct): string | null {
  if (salt === null) return 'the row that says whose wish it is is missing';
  return (pseudonyms ?? []).some((pseudonym) => whoseHash(salt, pseudonym) === facts['whose'])
    ? null
    : 'its row says that it is the wish of another household';
}
