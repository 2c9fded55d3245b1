import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import { account } from '../ledger/schema.ts';

/**
 * 申报: points that somebody asked for and that wait for the village's word. Each change of a row is an act of the public record
 * (`last_seq`), and `npm run verify` holds the rows against them. What is written about it stands with the acts.
 */
export const claim = pgTable(
  'claim',
  {
    villageId: integer('village_id').notNull(),
    claimId: text('claim_id').notNull(),
    /** The account that can be spent from. */
    accountId: integer('account_id').notNull(),
    rule: text('rule').notNull(),
    version: integer('version').notNull(),
    occurredOn: date('occurred_on').notNull(),
    /** With the rule's sign, cut to what the limits left when it was recorded. */
    amountCentipoints: integer('amount_centipoints').notNull(),
    /** Who has to agree, in this order: see decide-claim.ts. */
    needs: text('needs').array().notNull(),
    /** Who has agreed so far. */
    passedBy: integer('passed_by').array().notNull(),
    state: text('state').notNull(),
    /** Asked for from the household's own card. */
    isByHousehold: boolean('is_by_household').notNull(),
    /** Null where the household itself asked. */
    recordedBy: integer('recorded_by'),
    /** Whom of the household it is about, by the drawn name; null where nobody said. */
    member: text('member'),
    /** Of a deduction: the act that reminded the household before. */
    reminderSeq: bigint('reminder_seq', { mode: 'number' }),
    submittedSeq: bigint('submitted_seq', { mode: 'number' }).notNull(),
    lastSeq: bigint('last_seq', { mode: 'number' }).notNull(),
    /** Where its points came into publicity, and where they became spendable. */
    pendingSeq: bigint('pending_seq', { mode: 'number' }),
    awardSeq: bigint('award_seq', { mode: 'number' }),
    sheet: integer('sheet'),
    postedOn: date('posted_on'),
    clearsOn: date('clears_on'),
    /** The last day on which somebody may object. */
    objectableUntil: date('objectable_until'),
  },
  (table) => [
    primaryKey({ name: 'claim_pk', columns: [table.villageId, table.claimId] }),
    foreignKey({
      name: 'claim_account_fk',
      columns: [table.villageId, table.accountId],
      foreignColumns: [account.villageId, account.accountId],
    }),
    check('claim_amount_not_zero', sql`${table.amountCentipoints} <> 0`),
    check(
      'claim_state_known',
      sql`${table.state} in ('submitted', 'group_passed', 'committee_heard', 'committee_passed', 'posted', 'objected', 'cleared', 'returned', 'withdrawn', 'upheld')`,
    ),
    index('claim_state_index').on(table.villageId, table.state, table.submittedSeq),
    index('claim_account_index').on(table.villageId, table.accountId),
    index('claim_member_index').on(table.villageId, table.member).where(sql`${table.member} is not null`),
  ],
);

/** 异议: somebody doubts one line of what is posted. Answered once, and the answer is public. */
export const objection = pgTable(
  'objection',
  {
    villageId: integer('village_id').notNull(),
    objectionId: text('objection_id').notNull(),
    claimId: text('claim_id').notNull(),
    filedOn: date('filed_on').notNull(),
    answerBy: date('answer_by').notNull(),
    filedSeq: bigint('filed_seq', { mode: 'number' }).notNull(),
    outcome: text('outcome'),
    answeredSeq: bigint('answered_seq', { mode: 'number' }),
  },
  (table) => [
    primaryKey({ name: 'objection_pk', columns: [table.villageId, table.objectionId] }),
    foreignKey({
      name: 'objection_claim_fk',
      columns: [table.villageId, table.claimId],
      foreignColumns: [claim.villageId, claim.claimId],
    }),
    check('objection_outcome_known', sql`${table.outcome} in ('upheld', 'dismissed')`),
    check('objection_answered_whole', sql`(${table.outcome} is null) = (${table.answeredSeq} is null)`),
    index('objection_claim_index').on(table.villageId, table.claimId),
  ],
);

/** 亲属回避: the own household of somebody who approves, and those of relatives within three degrees. Who declares nothing more ends it. */
export const kinship = pgTable(
  'kinship',
  {
    villageId: integer('village_id').notNull(),
    personId: integer('person_id').notNull(),
    householdId: integer('household_id').notNull(),
    relation: text('relation', { enum: ['own', 'relative'] }).notNull(),
    /** The act that says that something was declared, but not what. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ name: 'kinship_pk', columns: [table.villageId, table.personId, table.householdId] }),
    check('kinship_relation_known', sql`${table.relation} in ('own', 'relative')`),
  ],
);
