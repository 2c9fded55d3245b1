import type { PendingQuery, Row } from 'postgres';
import type { Reader } from '../platform/database/db.ts';
import { type Read, toRead } from '../platform/database/read-at-once.ts';

/** 家庭成员: a person of a household, as far as somebody wrote down who it is. */
export interface Member {
  memberId: number;
  householdId: number;
  name: string;
  /** The person's name in the public log. */
  pseudonym: string;
}

/** Who lives in these households; those who left are left out. */
export async function membersOf(sql: Reader, villageId: number, householdIds: readonly number[]): Promise<Member[]> {
  return living(sql, villageId, sql`and household_id = any(${[...householdIds]}::integer[])`);
}

/** Everybody of the village who is named, by household. */
export async function allMembers(sql: Reader, villageId: number): Promise<Map<number, Member[]>> {
  return byHousehold(await living(sql, villageId, sql``));
}

export function byHousehold(members: readonly Member[]): Map<number, Member[]> {
  const found = new Map<number, Member[]>();
  for (const member of members) {
    const others = found.get(member.householdId);
    if (others) others.push(member);
    else found.set(member.householdId, [member]);
  }
  return found;
}

/** The members with these ids who have not left, by id. */
export function membersRead(sql: Reader, villageId: number, memberIds: readonly number[]): Read<Map<number, Member>> {
  return toRead(
    living(sql, villageId, sql`and member_id = any(${[...memberIds]}::integer[])`),
    (members) => new Map(members.map((member) => [member.memberId, member])),
  );
}

function living(sql: Reader, villageId: number, condition: PendingQuery<Row[]>) {
  return sql<Member[]>`
    select member_id as "memberId",
           household_id as "householdId",
           name,
           pseudonym
      from household_member
     where village_id = ${villageId}
       and left_on is null
       ${condition}
     order by member_id`;
}

/** Everybody who is to be named with a new household: its head is one of them. */
export function withHead(headName: string, names: readonly string[]): string[] {
  return names.length === 0 || names.includes(headName) ? [...names] : [headName, ...names];
}
