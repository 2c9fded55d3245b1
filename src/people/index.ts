/** Who is who and who may do what: regions, people, appointments, sign-in. */
export { type Access, registerAccess, regionOf, viewerOf, villageOf } from './access-routes.ts';
export { type AppointRefusal, appoint, appointWithHash, hasAdministrator, type PersonDraft } from './appoint.ts';
export { hashPassword, LONGEST_PASSWORD, SHORTEST_PASSWORD } from './passwords.ts';
export { type Appointment, CAPABILITIES, type Capability, may, mayAnywhere, ROLES, type Role } from './permissions.ts';
export {
  addRegion,
  findRegion,
  findVillage,
  type Region,
  type RegionDraft,
  regionsBelow,
  type Village,
  villageById,
  villages,
} from './regions.ts';
export { SESSION_HOURS, type SignIn, type SignInRefusal, signIn, signOut } from './sign-in.ts';
export { findViewer, type Viewer } from './viewer.ts';
export { type Workplace, workplaceOf } from './workplace.ts';
