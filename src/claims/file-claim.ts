import { cardByNumber, type Member, membersOf, readHeadName } from '../cards/index.ts';
import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { StoredPhoto } from '../photos/index.ts';
import { addDays } from '../platform/clock.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { newPublicId } from '../platform/ids.ts';
import { photoFacts } from '../problems/index.ts';
import { giftKindOf, isOutsideLimits, ruleOn, ruleTerms } from '../rules/index.ts';
import { villageSettings } from '../settings/index.ts';
import { type CountedUsage, capUsage, usedBy } from './cap-usage.ts';
import { writeClaims } from './claim-rows.ts';
import { claimTerms } from './claim-terms.ts';
import { openClaimsOf } from './claims.ts';
import { decideOwnNeeds } from './decide-claim.ts';
import { decideFiling, type FilingRefusal } from './decide-filing.ts';

export interface FilingInput {
  villageId: number;
  /** The household's card number. */
  number: string;
  rule: string;
  /** Whom of the household it is about, by number or as the person is called there. */
  member?: number | undefined;
  forWhom?: string | undefined;
  occurredOn: string;
  /** What was done; only its salted digest stands in the public record. */
  note: string;
  /** Who asks for the household; nobody: it does itself. */
  filedBy: string | null;
  idempotencyKey: string;
  /** Who wrote it down, or HOUSEHOLD_ITSELF. */
  recordedBy: number;
  isByHousehold: boolean;
  /** What shows that it was done; for those who may read the village. */
  photos?: readonly StoredPhoto[] | undefined;
  today: string;
}

/** Later than this it is for the village's own books. */
const MOST_DAYS_BACK = 30;

/** Of one household at a time: whoever asks for more waits for an answer first. */
const MOST_OPEN = 10;

/** 村民申报: a household asks for points; nothing moves until the village has decided. */
export async function fileClaim(
  db: Db,
  input: FilingInput,
): Promise<PostedOperation | FilingRefusal | CarryOutRefusal> {
  const { villageId, number, rule, occurredOn, note, filedBy, idempotencyKey, recordedBy, isByHousehold } = input;
  const { photos = [], member, forWhom = '' } = input;
  const named = photos.map(({ publicId }) => publicId);
  const request = {
    number,
    rule,
    occurredOn,
    note,
    filedBy,
    ...(named.length > 0 && { photos: named }),
    ...(member && { member }),
    ...(forWhom !== '' && { forWhom }),
  };
  return carryOut<FilingRefusal>(db, { villageId, kind: 'claim', idempotencyKey, request, recordedBy }, async () => {
    const found = await filingBasis(db.sql, input);
    const decided = decideFiling({ ...input, isNamed: member !== undefined || forWhom !== '' }, found.basis);
    if ('refused' in decided) return decided;
    const { card, ruleVersion, counted, terms } = found;
    if (!card || ruleVersion === null) throw new Error('what is decided has a card and a rule');
    const { amountCentipoints } = decided;
    const claim = newPublicId();
    return {
      occurredOn: input.today,
      acts: [
        {
          type: 'claim.submit',
          facts: { claim, ...photoFacts(photos) },
          disclosed: {
            card: number,
            household: card.headName,
            member: found.member?.name,
            note,
            filedBy: filedBy ?? undefined,
          },
          account: { accountId: card.accountId, pseudonym: card.pseudonym },
        },
      ],
      isCorrection: true,
      write: writeClaims({
        accounts: counted,
        ...(found.member && { members: [{ member: found.member.pseudonym, account: card.accountId }] }),
        added: [
          {
            claim,
            account: card.accountId,
            rule,
            version: ruleVersion,
            occurredOn,
            amount: amountCentipoints,
            needs: decideOwnNeeds(amountCentipoints, terms),
            passedBy: [],
            state: 'submitted',
            isByHousehold,
            recordedBy: isByHousehold ? null : recordedBy,
            member: found.member?.pseudonym,
            act: 1,
          },
        ],
      }),
    };
  });
}

const NOTHING_COUNTED: CountedUsage = { usage: new Map(), ofMembers: new Map(), counted: [] };

async function filingBasis(sql: Reader, input: FilingInput) {
  const { villageId, number, rule: code, occurredOn, today } = input;
  const [card, rule, limits, terms, { backfillDays }] = await Promise.all([
    cardByNumber(sql, villageId, number),
    ruleOn(sql, villageId, code, occurredOn),
    ruleTerms(sql, villageId),
    claimTerms(sql, villageId),
    villageSettings(sql, villageId),
  ]);
  const accountIds = card ? [card.accountId] : [];
  const member = await memberMeant(sql, input, { householdId: card?.householdId, isEach: rule?.capPer === 'person' });
  const members = new Map(card && member ? [[card.accountId, [member.pseudonym]]] : []);
  const [counted, open] = await Promise.all([
    rule ? capUsage(sql, { villageId, accountIds, rule, members, occurredOn }) : NOTHING_COUNTED,
    card ? openClaimsOf(sql, villageId, card.accountId) : [],
  ]);
  // What is worth no more points as an award is worth none as a claim.
  const mostDays = Math.min(MOST_DAYS_BACK, backfillDays ?? MOST_DAYS_BACK);
  const basis = {
    today,
    firstDay: addDays(today, -mostDays),
    mostDays,
    card,
    rule: rule && { ...rule, isOutsideLimits: isOutsideLimits(rule), isGift: giftKindOf(rule) !== null },
    limits,
    used: usedBy(counted, card?.accountId ?? 0, member?.pseudonym),
    openCount: open.length,
    mostOpen: MOST_OPEN,
    member,
  };
  return { basis, card, member, ruleVersion: rule?.version ?? null, counted: counted.counted, terms };
}

async function memberMeant(
  sql: Reader,
  { villageId, member, forWhom = '' }: FilingInput,
  { householdId, isEach }: { householdId: number | undefined; isEach: boolean },
): Promise<Member | null> {
  const isNamed = member !== undefined || forWhom !== '';
  if (householdId === undefined || !(isNamed || isEach)) return null;
  const members = await membersOf(sql, villageId, [householdId]);
  if (!isNamed) return members.length === 1 ? (members[0] ?? null) : null;
  const name = readHeadName(forWhom);
  return members.find((one) => (member === undefined ? one.name === name : one.memberId === member)) ?? null;
}
