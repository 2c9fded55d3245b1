import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
import { bytea } from '../platform/database/bytea.ts';
import { ROLES } from './permissions.ts';

/** County, township, village: the path on which every record hangs. A village's `region_id` is its `village_id` everywhere. */
export const region = pgTable(
  'region',
  {
    regionId: integer('region_id').generatedAlwaysAsIdentity(),
    code: text('code').notNull(),
    level: text('level', { enum: ['county', 'township', 'village'] }).notNull(),
    parentId: integer('parent_id'),
    name: text('name').notNull(),
    isMadeUp: boolean('is_made_up').notNull().default(false),
  },
  (table) => [
    primaryKey({ name: 'region_pk', columns: [table.regionId] }),
    unique('region_code_unique').on(table.code),
    foreignKey({ name: 'region_parent_fk', columns: [table.parentId], foreignColumns: [table.regionId] }),
    check('region_code_twelve_digits', sql`${table.code} ~ '^[0-9]{12}$'`),
    check('region_level_known', sql`${table.level} in ('county', 'township', 'village')`),
    check('region_parent_present', sql`(${table.level} = 'county') = (${table.parentId} is null)`),
    index('region_parent_index').on(table.parentId),
  ],
);

export const person = pgTable(
  'person',
  {
    personId: integer('person_id').generatedAlwaysAsIdentity(),
    username: text('username').notNull(),
    displayName: text('display_name').notNull(),
    passwordHash: text('password_hash').notNull(),
    mustChangePassword: boolean('must_change_password').notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    disabledAt: timestamp('disabled_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ name: 'person_pk', columns: [table.personId] }),
    unique('person_username_unique').on(table.username),
    check('person_username_folded', sql`${table.username} = lower(${table.username})`),
  ],
);

/** A person holds a role in a region for a time; the region's whole subtree is in scope. `ends_on` is the first day without it. */
export const appointment = pgTable(
  'appointment',
  {
    appointmentId: integer('appointment_id').generatedAlwaysAsIdentity(),
    personId: integer('person_id').notNull(),
    regionId: integer('region_id').notNull(),
    role: text('role', { enum: ROLES }).notNull(),
    startsOn: date('starts_on').notNull(),
    endsOn: date('ends_on'),
  },
  (table) => [
    primaryKey({ name: 'appointment_pk', columns: [table.appointmentId] }),
    foreignKey({ name: 'appointment_person_fk', columns: [table.personId], foreignColumns: [person.personId] }),
    foreignKey({ name: 'appointment_region_fk', columns: [table.regionId], foreignColumns: [region.regionId] }),
    check('appointment_role_known', sql`${table.role} in (${sql.raw(ROLES.map((role) => `'${role}'`).join(', '))})`),
    check('appointment_ends_after_start', sql`${table.endsOn} is null or ${table.endsOn} >= ${table.startsOn}`),
    index('appointment_person_index').on(table.personId),
    index('appointment_region_index').on(table.regionId),
  ],
);

/** A sign-in. The cookie carries its id in a signed token; ending the row ends the sign-in at the next request. */
export const session = pgTable(
  'session',
  {
    sessionId: text('session_id').notNull(),
    /** Names the sign-in to its owner without saying what the token says. */
    number: integer('number').generatedAlwaysAsIdentity(),
    personId: integer('person_id').notNull(),
    surface: text('surface', { enum: ['page', 'api'] })
      .notNull()
      .default('page'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    /** Exact to a minute, which is enough to judge idleness by. */
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }).notNull().defaultNow(),
    /** The password was right and the second step is still to come: opens nothing. */
    needsCode: boolean('needs_code').notNull().default(false),
    idleMinutes: integer('idle_minutes').notNull().default(30),
    browser: text('browser').notNull().default('unknown'),
    system: text('system').notNull().default('unknown'),
    /** The network that the sign-in came from, without the machine. */
    place: text('place').notNull().default(''),
    /** The newest token's number, and when it was first seen: until then its predecessor still counts. */
    tokenGeneration: integer('token_generation').notNull().default(0),
    tokenSeenAt: timestamp('token_seen_at', { withTimezone: true }),
    /** When the person last proved who they are, which what matters asks for again. */
    provedAt: timestamp('proved_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'session_pk', columns: [table.sessionId] }),
    unique('session_number_unique').on(table.number),
    foreignKey({ name: 'session_person_fk', columns: [table.personId], foreignColumns: [person.personId] }),
    check('session_surface_known', sql`${table.surface} in ('page', 'api')`),
    index('session_person_index').on(table.personId),
  ],
);

/** The one code with which somebody sets a new password without the old one; gone when it is used. */
export const resetCode = pgTable(
  'reset_code',
  {
    personId: integer('person_id').notNull(),
    codeHash: text('code_hash').notNull(),
    issuedBy: integer('issued_by').notNull(),
    issuedAt: timestamp('issued_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ name: 'reset_code_pk', columns: [table.personId] }),
    foreignKey({ name: 'reset_code_person_fk', columns: [table.personId], foreignColumns: [person.personId] }),
    foreignKey({ name: 'reset_code_issuer_fk', columns: [table.issuedBy], foreignColumns: [person.personId] }),
  ],
);

/** A person's authenticator: the secret that it shares with us, and the last time step whose code was taken. */
export const secondFactor = pgTable(
  'second_factor',
  {
    personId: integer('person_id').notNull(),
    secret: bytea('secret').notNull(),
    recoverySalt: bytea('recovery_salt').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    /** Null until the first code was right. */
    confirmedAt: timestamp('confirmed_at', { withTimezone: true }),
    lastStep: bigint('last_step', { mode: 'number' }).notNull().default(0),
  },
  (table) => [
    primaryKey({ name: 'second_factor_pk', columns: [table.personId] }),
    foreignKey({ name: 'second_factor_person_fk', columns: [table.personId], foreignColumns: [person.personId] }),
  ],
);

/** Codes on paper for the day on which the authenticator is lost, each good once. */
export const recoveryCode = pgTable(
  'recovery_code',
  {
    personId: integer('person_id').notNull(),
    codeHash: bytea('code_hash').notNull(),
    usedAt: timestamp('used_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ name: 'recovery_code_pk', columns: [table.personId, table.codeHash] }),
    foreignKey({
      name: 'recovery_code_factor_fk',
      columns: [table.personId],
      foreignColumns: [secondFactor.personId],
    }).onDelete('cascade'),
  ],
);

/** A browser on which somebody signs in with six digits: it holds a long random token, of which only the hash is here. */
export const knownDevice = pgTable(
  'known_device',
  {
    deviceId: integer('device_id').generatedAlwaysAsIdentity(),
    personId: integer('person_id').notNull(),
    tokenHash: bytea('token_hash').notNull(),
    pinHash: text('pin_hash').notNull(),
    browser: text('browser').notNull(),
    system: text('system').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    /** Since the last right one. */
    wrongPins: integer('wrong_pins').notNull().default(0),
    endedAt: timestamp('ended_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ name: 'known_device_pk', columns: [table.deviceId] }),
    foreignKey({ name: 'known_device_person_fk', columns: [table.personId], foreignColumns: [person.personId] }),
    index('known_device_token_index').on(table.tokenHash),
    index('known_device_person_index').on(table.personId),
  ],
);

/**
 * Who opened a household's page, statement or card, or made a copy of all that is held on it: kept for 180 days, added and read by the
 * application, never changed.
 */
export const personalView = pgTable(
  'personal_view',
  {
    viewId: bigint('view_id', { mode: 'number' }).generatedAlwaysAsIdentity(),
    personId: integer('person_id').notNull(),
    villageId: integer('village_id').notNull(),
    /** Null for a list, which shows all of them. */
    householdId: integer('household_id'),
    kind: text('kind', { enum: ['page', 'statement', 'program', 'copy', 'list'] }).notNull(),
    viewedAt: timestamp('viewed_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'personal_view_pk', columns: [table.viewId] }),
    foreignKey({ name: 'personal_view_person_fk', columns: [table.personId], foreignColumns: [person.personId] }),
    check('personal_view_kind_known', sql`${table.kind} in ('page', 'statement', 'program', 'copy', 'list')`),
    check('personal_view_of_one_or_list', sql`(${table.householdId} is null) = (${table.kind} = 'list')`),
    index('personal_view_household_index').on(table.villageId, table.householdId, table.viewedAt),
    index('personal_view_time_index').on(table.viewedAt),
  ],
);

/** What a county asks of its offices; without a row see `second-factor-demand.ts`. */
export const accessSetting = pgTable(
  'access_setting',
  {
    regionId: integer('region_id').notNull(),
    secondFactor: text('second_factor', { enum: ['offered', 'administrators', 'offices', 'supervisors'] }).notNull(),
  },
  (table) => [
    primaryKey({ name: 'access_setting_pk', columns: [table.regionId] }),
    foreignKey({ name: 'access_setting_region_fk', columns: [table.regionId], foreignColumns: [region.regionId] }),
    check(
      'access_setting_second_factor_known',
      sql`${table.secondFactor} in ('offered', 'administrators', 'offices', 'supervisors')`,
    ),
  ],
);

/** What happened to sign-ins, rights and personal data; rows are added through `record_security_event` and stay. */
export const securityEvent = pgTable(
  'security_event',
  {
    eventId: bigint('event_id', { mode: 'number' }).generatedAlwaysAsIdentity(),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
    kind: text('kind').notNull(),
    isRefused: boolean('is_refused').notNull(),
    /** Who did it; null when nobody is known, as with a wrong name at the sign-in. */
    personId: integer('person_id'),
    /** Whom it is about, when that is somebody else. */
    subjectId: integer('subject_id'),
    regionId: integer('region_id'),
    place: text('place').notNull(),
    /** Codes and numbers: no secret, nothing that was typed, no name. */
    details: jsonb('details').notNull(),
  },
  (table) => [
    primaryKey({ name: 'security_event_pk', columns: [table.eventId] }),
    check('security_event_kind_form', sql`${table.kind} ~ '^[a-z_]+([.][a-z_]+)?$'`),
    index('security_event_person_index').on(table.personId, table.eventId),
    index('security_event_kind_index').on(table.kind, table.eventId),
  ],
);

/** The whole address of an event, kept apart because it is forgotten after 180 days while the event stays. */
export const securityEventAddress = pgTable(
  'security_event_address',
  {
    eventId: bigint('event_id', { mode: 'number' }).notNull(),
    address: text('address').notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'security_event_address_pk', columns: [table.eventId] }),
    foreignKey({
      name: 'security_event_address_event_fk',
      columns: [table.eventId],
      foreignColumns: [securityEvent.eventId],
    }),
    index('security_event_address_time_index').on(table.recordedAt),
  ],
);

/** Wrong passwords of the last minutes, by account and address. */
export const signInFailure = pgTable(
  'sign_in_failure',
  {
    username: text('username').notNull(),
    address: text('address').notNull(),
    failedAt: timestamp('failed_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('sign_in_failure_index').on(table.username, table.address, table.failedAt)],
);
