import { type IssueRefusal, refuseIssue } from '../ledger/decide-solvency.ts';
import { decideTaking, refuseTaking, type TakingRefusal, takingTerms } from '../ledger/decide-taking.ts';
import type { AccountStatus, ActDraft } from '../ledger/index.ts';
import type { ChangedClaim } from './claim-rows.ts';
import type { Claim } from './claims.ts';
import { type ClaimStep, decideClaim, isPublicized, nextStep } from './decide-claim.ts';
import { decideSeparation, type SeparationQuestion, type SeparationRefusal } from './decide-separation.ts';
import type { IssueStop } from './issue-stop.ts';

/** In order of precedence; `claim` names the first line that stands in the way. */
export type PassRefusal =
  | { refused: 'unknown_claim' }
  | { refused: 'claim_decided' | 'claim_waits_for_another'; claim: string; name: string }
  | { refused: SeparationRefusal; claim: string; name: string }
  | { refused: 'claim_account_not_active'; claim: string; name: string; status: AccountStatus }
  | TakingRefusal
  /** With the last word of some of them points come that the village cannot stand for. */
  | IssueRefusal;

export interface PassRequest {
  claimIds: readonly string[];
  step: ClaimStep;
  personId: number;
  /** As it stands in the passbook beside the points that this word lets happen. */
  personName: string;
  mayHandOut: boolean;
}

export interface PassBasis {
  today: string;
  claims: readonly Claim[];
  /** What the person declared, by household. */
  relations: ReadonlyMap<number, 'own' | 'relative'>;
  waived: SeparationQuestion['waived'];
  /** How far a household may stay behind with a deduction; null: what is larger than the balance is refused. */
  unsettledMostCentipoints: number | null;
  stop?: IssueStop | null;
}

export interface DecidedPassing {
  acts: ActDraft[];
  changed: ChangedClaim[];
}

/** All of them or none. The word is one act, and what it lets happen to points another, recorded for who asked for it. */
export function decidePassing(request: PassRequest, basis: PassBasis): PassRefusal | DecidedPassing {
  const byId = new Map(basis.claims.map((claim) => [claim.claimId, claim]));
  const acts: ActDraft[] = [];
  const changed: ChangedClaim[] = [];
  let givenCentipoints = 0;
  /** What the lines before leave on an account. */
  const left = new Map<number, number>();
  for (const claimId of new Set(request.claimIds)) {
    const known = byId.get(claimId);
    if (!known) return { refused: 'unknown_claim' };
    const claim = { ...known, balanceCentipoints: left.get(known.accountId) ?? known.balanceCentipoints };
    const refusal = refuse(claim, request, basis);
    if (refusal) return refusal;
    const { state, needs, passedBy } = claim;
    const after = decideClaim({ state, needs, passed: passedBy.length }, 'pass');
    if (after === null) throw new Error('what waits for a word can be passed');
    acts.push({ type: 'claim.pass', facts: { claim: claimId, step: request.step }, account: accountOf(claim) });
    const change: ChangedClaim = {
      claim: claimId,
      lastSeq: claim.lastSeq,
      state: after,
      passedBy: [...passedBy, request.personId],
      act: acts.length,
    };
    if (after === 'cleared' || after === 'committee_passed') givenCentipoints += Math.max(claim.amountCentipoints, 0);
    const names = [...claim.passedByNames, request.personName];
    if (after === 'cleared') {
      const award = draftAward(claim, names, request.personId, basis);
      acts.push(award);
      left.set(claim.accountId, claim.balanceCentipoints + (award.entry?.amountCentipoints ?? 0));
      changed.push({ ...change, act: acts.length, awardAct: acts.length });
    } else if (after === 'committee_passed' && claim.amountCentipoints > 0) {
      acts.push(draftPending(claim, request.personId, basis.today));
      changed.push({ ...change, act: acts.length, pendingAct: acts.length });
    } else {
      changed.push(change);
    }
  }
  const stopped = basis.stop && refuseIssue(basis.stop.figures, basis.stop.terms, givenCentipoints);
  return stopped ?? { acts, changed };
}

function refuse(
  claim: Claim,
  { step, personId, mayHandOut }: PassRequest,
  { relations, waived, unsettledMostCentipoints }: PassBasis,
): PassRefusal | null {
  const { claimId, headName: name, state, needs, passedBy, recordedBy, status, number } = claim;
  const named = { claim: claimId, name };
  const next = nextStep({ state, needs, passed: passedBy.length });
  if (next === null) return { refused: 'claim_decided', ...named };
  if (next !== step) return { refused: 'claim_waits_for_another', ...named };
  const actor = { personId, mayHandOut, relation: relations.get(claim.householdId) ?? null };
  const separated = decideSeparation({ step, actor, recordedBy, passedBy, waived });
  if (separated) return { refused: separated, ...named };
  const isLast = passedBy.length + 1 === needs.length;
  if (!isLast) return null;
  if (status !== 'active') return { refused: 'claim_account_not_active', ...named, status };
  if (isPublicized(claim)) return null;
  const { balanceCentipoints, amountCentipoints } = claim;
  const taking = decideTaking(amountCentipoints, balanceCentipoints, unsettledMostCentipoints);
  return typeof taking === 'string'
    ? refuseTaking(taking, { number, name, balanceCentipoints, amountCentipoints })
    : null;
}

/** The account that the claim is about. */
export function accountOf({ accountId, pseudonym }: Claim): NonNullable<ActDraft['account']> {
  return { accountId, pseudonym };
}

/** What the passbook shows: it counts for the day on which it can be spent first, and says on which it was earned. */
export function draftAward(
  claim: Claim,
  approvedBy: readonly string[],
  byPersonId: number,
  { today, unsettledMostCentipoints }: Pick<PassBasis, 'today' | 'unsettledMostCentipoints'>,
): ActDraft {
  const { number, headName, member, memberName, note, balanceCentipoints, lastN } = claim;
  const taking = decideTaking(claim.amountCentipoints, balanceCentipoints, unsettledMostCentipoints);
  if (typeof taking === 'string') throw new Error('what cannot be taken was refused before');
  const { amountCentipoints, beyondCentipoints: beyond } = taking;
  return {
    type: amountCentipoints > 0 ? 'points.award' : 'points.deduct',
    facts: { ...factsOf(claim, today), ...(member !== null && { member }), ...(beyond > 0 && { beyond }) },
    disclosed: {
      card: number,
      household: headName,
      member: memberName ?? undefined,
      note: note ?? undefined,
      approvedBy: approvedBy.join('、'),
    },
    entry: { ...accountOf(claim), amountCentipoints, ...takingTerms(taking, lastN) },
    recordedBy: recorderOf(claim, byPersonId),
  };
}

function draftPending(claim: Claim, byPersonId: number, today: string): ActDraft {
  const { pending, amountCentipoints, number, headName } = claim;
  if (!pending) throw new Error('the account of what is in publicity was opened before');
  return {
    type: 'points.pend',
    facts: factsOf(claim, today),
    disclosed: { card: number, household: headName },
    entry: { ...pending, amountCentipoints },
    recordedBy: recorderOf(claim, byPersonId),
  };
}

function factsOf({ rule, version, claimId, occurredOn, reminderSeq, times, match }: Claim, today: string) {
  return {
    rule,
    version,
    claim: claimId,
    ...(times > 1 && { times }),
    ...(match !== null && { match }),
    ...(occurredOn !== today && { earned: occurredOn }),
    ...(reminderSeq !== null && { reminder: reminderSeq }),
  };
}

/** What a household asked for itself was recorded by whoever took it up first. */
export function recorderOf({ recordedBy, passedBy }: Claim, byPersonId: number): number {
  return recordedBy ?? passedBy[0] ?? byPersonId;
}
