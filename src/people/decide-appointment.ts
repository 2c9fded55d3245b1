/**
 * Which roles one person holds together. Whoever publishes a village's record must not have posted what stands in it; where a
 * village divides awarding from handing out, the two stay divided, and one person for both is the manager; whoever hands out goods
 * approves no points, and the committee and the first secretary are two. A donor holds nothing in the village that his gifts go to.
 */
import type { HeldAppointment } from './decide-help.ts';
import type { Role } from './permissions.ts';

/** In order of precedence. */
export type AppointmentRefusal = { refused: 'already_appointed' } | { refused: 'conflicting_roles'; held: Role };

/** Never both for one person in one village, in either order. */
const CONFLICTS: readonly (readonly [Role, Role])[] = [
  ['supervisor', 'manager'],
  ['supervisor', 'storekeeper'],
  ['supervisor', 'recorder'],
  ['storekeeper', 'recorder'],
  ['approver', 'manager'],
  ['approver', 'storekeeper'],
  ['approver', 'supervisor'],
  ['leader', 'manager'],
  ['leader', 'storekeeper'],
  ['leader', 'supervisor'],
  ['donor', 'manager'],
  ['donor', 'recorder'],
  ['donor', 'storekeeper'],
  ['donor', 'leader'],
  ['donor', 'approver'],
  ['donor', 'supervisor'],
];

export interface AppointmentQuestion {
  role: Role;
  regionId: number;
  held: readonly HeldAppointment[];
}

export function decideAppointment({ role, regionId, held }: AppointmentQuestion): { role: Role } | AppointmentRefusal {
  // The region of an appointment comes first on its path.
  const here = held.filter(({ regionIds }) => regionIds[0] === regionId);
  if (here.some((own) => own.role === role)) return { refused: 'already_appointed' };
  const conflict = here.find((own) =>
    CONFLICTS.some(([one, other]) => (one === role && other === own.role) || (other === role && one === own.role)),
  );
  return conflict ? { refused: 'conflicting_roles', held: conflict.role } : { role };
}
