import { householdOfAccount } from '../cards/index.ts';
import type { AccountStatus, PostingAnswer, WriteOperation } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { IN_PUBLICITY } from './decide-claim.ts';

/** A line that hangs on the board or is about to, and where its points stand. */
export interface PublicLine {
  claimId: string;
  ruleName: string;
  /** With the rule's sign. */
  amountCentipoints: number;
  /** Of the household. */
  account: { accountId: number; pseudonym: string };
  number: string;
  headName: string;
  /** Null for a deduction, which waits without points. */
  pending: {
    accountId: number;
    pseudonym: string;
    status: AccountStatus;
    lastN: number;
  } | null;
}

/** All of them, those of one household together. */
export function linesInPublicity(sql: Reader, villageId: number): Promise<PublicLine[]> {
  return sql<PublicLine[]>`
    select claim.claim_id as "claimId",
           coalesce(rule_version.name, claim.rule) as "ruleName",
           claim.amount_centipoints as "amountCentipoints",
           jsonb_build_object('accountId', account.account_id, 'pseudonym', account.pseudonym) as account,
           card.number,
           household.head_name as "headName",
           case when pending.account_id is not null then jsonb_build_object(
             'accountId', pending.account_id,
             'pseudonym', pending.pseudonym,
             'status', pending.status,
             'lastN', pending.last_n
           ) end as pending
      from claim
      join account
        on account.village_id = claim.village_id
       and account.account_id = claim.account_id
           ${householdOfAccount(sql)}
      left join account as pending
        on pending.village_id = claim.village_id
       and pending.holder_id = account.holder_id
       and pending.kind = 'pending'
       and claim.amount_centipoints > 0
      left join rule_version
        on rule_version.village_id = claim.village_id
       and rule_version.code = claim.rule
       and rule_version.version = claim.version
     where claim.village_id = ${villageId}
       and claim.state = any(${[...IN_PUBLICITY]}::text[])
     order by claim.account_id, claim.submitted_seq`;
}

/** The write of a new rate with its lines in publicity: see convert_claims.sql. An act is named by its place in the operation, from 1. */
export function writeConversion(lines: readonly { claim: string; amount: number; act: number }[]): WriteOperation {
  const parameter = JSON.stringify(lines);
  return (sql, villageId, operation) => sql<{ answer: PostingAnswer }[]>`
    select convert_claims(${villageId}, ${operation}::text::jsonb, ${parameter}::text::jsonb) as answer`;
}
