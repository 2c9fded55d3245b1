import type { Reader } from '../platform/database/db.ts';
import { type HouseholdDraft, registerHouseholds } from './register-households.ts';
import { villagerGroups } from './villager-groups.ts';

/** In order of precedence. */
export type RegistrationRefusal =
  | { refused: 'key_reused' }
  | { refused: 'unknown_group' }
  | { refused: 'household_exists'; group: string; headName: string; number: string };

export interface RegistrationInput {
  villageId: number;
  idempotencyKey: string;
  household: Omit<HouseholdDraft, 'registrationKey'>;
  /** Somebody has looked: it is another household, although the name and the group are the same. */
  isNamesake?: boolean | undefined;
}

/** 登记: one household for one key, however often it is sent. Its card waits to be opened. */
export async function registerHousehold(
  sql: Reader,
  { villageId, idempotencyKey, household, isNamesake = false }: RegistrationInput,
): Promise<{ number: string } | RegistrationRefusal> {
  const earlier = await findRegistered(sql, villageId, idempotencyKey);
  if (earlier) return answerFor(earlier, household);

  const group = (await villagerGroups(sql, villageId)).find(({ groupId }) => groupId === household.groupId);
  if (!group) return { refused: 'unknown_group' };
  const namesake = isNamesake ? null : await findNamesake(sql, villageId, household, idempotencyKey);
  if (namesake !== null) {
    return { refused: 'household_exists', group: group.name, headName: household.headName, number: namesake };
  }
  await registerHouseholds(sql, villageId, [{ ...household, registrationKey: idempotencyKey }]);
  const registered = await findRegistered(sql, villageId, idempotencyKey);
  if (!registered) throw new Error('a registered household has a card');
  return answerFor(registered, household);
}

type Registered = Omit<HouseholdDraft, 'registrationKey'> & { number: string };

/** Also after two presses at the same moment: the second one compares itself with what the first one wrote. */
function answerFor(registered: Registered, household: RegistrationInput['household']) {
  const isSame =
    registered.headName === household.headName &&
    registered.groupId === household.groupId &&
    registered.memberCount === household.memberCount &&
    registered.phone === household.phone;
  return isSame ? { number: registered.number } : ({ refused: 'key_reused' } as const);
}

async function findRegistered(sql: Reader, villageId: number, registrationKey: string): Promise<Registered | null> {
  const [found] = await sql<Registered[]>`
    select card.number,
           household.head_name as "headName",
           household.group_id as "groupId",
           household.member_count as "memberCount",
           household.phone
      from household
      join card
        on card.village_id = household.village_id
       and card.household_id = household.household_id
       and card.ended_at is null
     where household.village_id = ${villageId}
       and household.registration_key = ${registrationKey}`;
  return found ?? null;
}

/** Another press of the same form may have written the household a moment ago: that is no namesake. */
async function findNamesake(
  sql: Reader,
  villageId: number,
  { headName, groupId }: RegistrationInput['household'],
  registrationKey: string,
): Promise<string | null> {
  const [found] = await sql<{ number: string }[]>`
    select card.number
      from household
      join card
        on card.village_id = household.village_id
       and card.household_id = household.household_id
       and card.ended_at is null
     where household.village_id = ${villageId}
       and household.group_id = ${groupId}
       and household.head_name = ${headName}
       and household.registration_key is distinct from ${registrationKey}
     order by card.number
     limit 1`;
  return found?.number ?? null;
}
