import { sql } from 'drizzle-orm';
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

/** 村民小组: the part of a village that a household belongs to. */
export const villagerGroup = pgTable(
  'villager_group',
  {
    villageId: integer('village_id').notNull(),
    groupId: integer('group_id').generatedAlwaysAsIdentity(),
    name: text('name').notNull(),
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ name: 'villager_group_pk', columns: [table.villageId, table.groupId] }),
    unique('villager_group_name_unique').on(table.villageId, table.name),
  ],
);

/** 户. Its points are the ledger accounts whose holder it is. The search keys are written with the name, never computed by a query. */
export const household = pgTable(
  'household',
  {
    villageId: integer('village_id').notNull(),
    householdId: integer('household_id').generatedByDefaultAsIdentity(),
    groupId: integer('group_id').notNull(),
    headName: text('head_name').notNull(),
    pinyin: text('pinyin').notNull(),
    initials: text('initials').notNull(),
    /** 0 once the last member has left or the household went over into another. */
    memberCount: integer('member_count').notNull(),
    /** The day on which the last member left. */
    vacatedOn: date('vacated_on'),
    phone: text('phone'),
    registeredAt: timestamp('registered_at', { withTimezone: true }).notNull().defaultNow(),
    /** Drawn with the form, so that a second press finds the household of the first. */
    registrationKey: text('registration_key'),
  },
  (table) => [
    primaryKey({ name: 'household_pk', columns: [table.villageId, table.householdId] }),
    unique('household_registration_key_unique').on(table.villageId, table.registrationKey),
    foreignKey({
      name: 'household_group_fk',
      columns: [table.villageId, table.groupId],
      foreignColumns: [villagerGroup.villageId, villagerGroup.groupId],
    }),
    check('household_member_count_not_negative', sql`${table.memberCount} >= 0`),
    index('household_group_index').on(table.villageId, table.groupId),
    index('household_initials_index').on(table.villageId, table.initials),
  ],
);

/**
 * 家庭成员: a person of a household, whom acts name under a drawn name that says nothing by itself. Who belongs where is said by acts
 * (`household.join`, `household.split`, `household.merge`, `household.leave`), how a name is spelt by `household.correct`, and `npm run
 * verify` holds the rows against them. A row stays when somebody has left, so that what counts for one person counts on in another
 * household.
 */
export const householdMember = pgTable(
  'household_member',
  {
    villageId: integer('village_id').notNull(),
    memberId: integer('member_id').generatedAlwaysAsIdentity(),
    householdId: integer('household_id').notNull(),
    name: text('name').notNull(),
    /** The person's name in the public log. */
    pseudonym: text('pseudonym').notNull(),
    /** The day on which somebody moved away or died. */
    leftOn: date('left_on'),
  },
  (table) => [
    primaryKey({ name: 'household_member_pk', columns: [table.villageId, table.memberId] }),
    unique('household_member_pseudonym_unique').on(table.villageId, table.pseudonym),
    foreignKey({
      name: 'household_member_household_fk',
      columns: [table.villageId, table.householdId],
      foreignColumns: [household.villageId, household.householdId],
    }),
    index('household_member_household_index').on(table.villageId, table.householdId),
  ],
);

/**
 * 积分卡: ten digits that people read, and a long random token that the QR carries. A household has one current card: a
 * replaced one has ended, a recalled one stays the household's number but opens nothing.
 */
export const card = pgTable(
  'card',
  {
    villageId: integer('village_id').notNull(),
    number: text('number').notNull(),
    householdId: integer('household_id').notNull(),
    token: text('token').notNull(),
    issuedAt: timestamp('issued_at', { withTimezone: true }).notNull().defaultNow(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    recalledAt: timestamp('recalled_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({ name: 'card_pk', columns: [table.villageId, table.number] }),
    unique('card_token_unique').on(table.token),
    foreignKey({
      name: 'card_household_fk',
      columns: [table.villageId, table.householdId],
      foreignColumns: [household.villageId, household.householdId],
    }),
    uniqueIndex('card_current_unique').on(table.villageId, table.householdId).where(sql`${table.endedAt} is null`),
    check('card_number_ten_digits', sql`${table.number} ~ '^[0-9]{10}$'`),
  ],
);

/**
 * 兑换密码: digits that a household asked for, so that whoever finds or borrows its card exchanges nothing. They belong to the
 * household and outlive a card that is replaced. A guess is counted before it is checked; counting begins anew each day.
 */
export const cardPin = pgTable(
  'card_pin',
  {
    villageId: integer('village_id').notNull(),
    householdId: integer('household_id').notNull(),
    pinHash: text('pin_hash').notNull(),
    setAt: timestamp('set_at', { withTimezone: true }).notNull().defaultNow(),
    /** On the day `wrong_on`, since the last right one. */
    wrongCount: integer('wrong_count').notNull().default(0),
    wrongOn: date('wrong_on'),
  },
  (table) => [
    primaryKey({ name: 'card_pin_pk', columns: [table.villageId, table.householdId] }),
    foreignKey({
      name: 'card_pin_household_fk',
      columns: [table.villageId, table.householdId],
      foreignColumns: [household.villageId, household.householdId],
    }),
  ],
);

/** How much of a name the villages of a county may show to everybody: see mask-name.ts. */
export const nameLimit = pgTable(
  'name_limit',
  {
    regionId: integer('region_id').notNull(),
    mostShown: integer('most_shown').notNull(),
  },
  (table) => [
    primaryKey({ name: 'name_limit_pk', columns: [table.regionId] }),
    check('name_limit_level_known', sql`${table.mostShown} between 0 and 3`),
  ],
);
