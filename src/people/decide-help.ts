/**
 * Whose account an office may help with. Who could help somebody with more rights than their own would have those rights, so
 * everything that the person holds counts: the county's administrator helps everybody in the county, a township only people who
 * work in its villages and nowhere else.
 */
import type { Role } from './permissions.ts';

/** Village, township, county. */
const VILLAGE_DEPTH = 3;

/** In order of precedence. */
export type HelpRefusal = { refused: 'cannot_help_yourself' } | { refused: 'help_is_for_the_county' };

export interface HeldAppointment {
  role: Role;
  /** The region with everything above it. */
  regionIds: readonly number[];
}

export interface HelpQuestion {
  helper: { personId: number; appointments: readonly { role: Role; regionId: number }[] };
  person: { personId: number; held: readonly HeldAppointment[] };
}

export function decideHelp({ helper, person }: HelpQuestion): { personId: number } | HelpRefusal {
  if (helper.personId === person.personId) return { refused: 'cannot_help_yourself' };
  const covers = ({ regionIds }: HeldAppointment) =>
    helper.appointments.some(
      (own) =>
        regionIds.includes(own.regionId) &&
        (own.role === 'county_administrator' ||
          (own.role === 'township_officer' && regionIds.length === VILLAGE_DEPTH)),
    );
  const isCovered = person.held.length > 0 && person.held.every(covers);
  return isCovered ? { personId: person.personId } : { refused: 'help_is_for_the_county' };
}
