/** Who is who and who may do what: regions, people, appointments, sign-in. */
export { type Access, regionOf, registerAccess, viewerOf, villageOf } from './access-routes.ts';
export { type AppointRefusal, appoint, appointFurther, hasAdministrator, type PersonDraft } from './appoint.ts';
export { decideHelp, type HelpRefusal } from './decide-help.ts';
export type { PasswordRefusal } from './decide-password.ts';
export { type DismissRefusal, disablePerson, endAppointment } from './dismiss.ts';
export { endAllSessions } from './end-all-sessions.ts';
export { openForgetting } from './forget-traces.ts';
export type { KnownPerson, OwnDevice } from './known-device.ts';
export { offerList, readByOffset, readInPages } from './list-routes.ts';
export { drawTemporaryPassword, hashPassword } from './passwords.ts';
export type { PastPost } from './past-posts.ts';
export {
  type Appointment,
  type Capability,
  LEVEL_OF_ROLE,
  may,
  mayAnywhere,
  ROLES,
  type Role,
  rolesThatMay,
} from './permissions.ts';
export { lastViews, type PersonalView, recordListView, recordPersonalView } from './personal-views.ts';
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
export { type IssuedCode, issueResetCode } from './reset-code.ts';
export { removeSecondFactor, secondFactorOf } from './second-factor.ts';
export {
  DEMANDS,
  type SecondFactorDemand,
  secondFactorDemand,
  setSecondFactorDemand,
} from './second-factor-demand.ts';
export {
  eventIn,
  recordSecurityEvent,
  SECURITY_EVENTS,
  type SecurityEventKind,
} from './security-events.ts';
export { type LoggedEvent, securityLog } from './security-log.ts';
export { endSignIns, isInForce as isSignInInForce, type OpenSignIn, openSignIns, type SignIn } from './sessions.ts';
export { provideSetUpCode } from './set-up-code.ts';
export { awaitsSetUp } from './set-up-county.ts';
export { isUsername, type SignInRefusal, signIn } from './sign-in.ts';
export { appointmentsHeld, type StaffMember, staffBelow } from './staff.ts';
export { lastDayOfTemporary } from './temporary-password.ts';
export { findViewer, type NextToken, type Viewer } from './viewer.ts';
export { openVillageRounds } from './village-rounds.ts';
export { type Workplace, workplaceOf } from './workplace.ts';
