/** The copy as a program reads it, and as it lies in the file. */
import { z } from 'zod';
import { cardNumber, centipoints, day } from '../platform/http/api-schemas.ts';
import type { CopiedAct, HouseholdCopy } from './household-copy.ts';

const moment = z.iso.datetime();

export const copyAnswer = z.object({
  village: z.object({ code: z.string(), name: z.string() }),
  madeAt: moment,
  madeBy: z.string().meta({ description: 'who made this copy' }),
  household: z.object({
    headName: z.string(),
    pinyin: z.string().meta({ description: 'search keys of the name' }),
    initials: z.string(),
    groupName: z.string(),
    memberCount: z.int(),
    phone: z.string().nullable(),
    registeredAt: moment,
    vacatedOn: day.nullable(),
    pinSetAt: moment.nullable(),
    isErased: z.boolean(),
  }),
  members: z.array(
    z.object({
      name: z.string(),
      pseudonym: z.string().meta({ description: 'the name in the public log' }),
      leftOn: day.nullable(),
    }),
  ),
  accounts: z.array(
    z.object({
      kind: z.string(),
      pseudonym: z.string().meta({ description: 'its name in the public log' }),
      status: z.string(),
      balanceCentipoints: centipoints,
    }),
  ),
  cards: z.array(
    z.object({
      number: cardNumber,
      issuedAt: moment,
      endedAt: moment.nullable(),
      recalledAt: moment.nullable(),
    }),
  ),
  acts: z.array(
    z.object({
      seq: z.int().meta({ description: "number in the village's public record" }),
      id: z.string(),
      type: z.string(),
      occurredOn: day,
      recordedAt: moment,
      recordedBy: z.string(),
      n: z.int().nullable().meta({ description: 'number of the entry in the passbook; null where no points moved' }),
      amountCentipoints: centipoints.nullable(),
      balanceAfterCentipoints: centipoints.nullable(),
      ruleName: z.string().nullable(),
      ruleVersion: z.int().nullable(),
      goods: z.array(
        z.object({ name: z.string(), unit: z.string(), quantity: z.int(), priceCentipoints: centipoints }),
      ),
      proxyRelation: z.string().nullable().meta({ description: 'who fetched the goods, if not the household' }),
      reversesSeq: z.int().nullable(),
      reversedBySeq: z.int().nullable(),
      facts: z.record(z.string(), z.json()).meta({ description: 'what the public log says of it' }),
      leafHash: z.string().meta({ description: 'SHA-256 in the public log, hexadecimal' }),
      openings: z
        .array(z.tuple([z.string(), z.string(), z.string()]))
        .meta({ description: 'salt, name, value: what the public log holds a digest of only' }),
    }),
  ),
  proxies: z.array(
    z.object({
      seq: z.int(),
      occurredOn: day,
      relation: z.string(),
      name: z.string().nullable(),
      confirmedBy: z.string().nullable(),
    }),
  ),
  claims: z.array(
    z.object({
      claimId: z.string(),
      state: z.string(),
      rule: z.string(),
      version: z.int(),
      ruleName: z.string(),
      occurredOn: day,
      amountCentipoints: centipoints,
      needs: z.array(z.string()).meta({ description: 'who has to agree, in this order' }),
      passedBy: z.array(z.string()),
      isByHousehold: z.boolean(),
      submittedSeq: z.int(),
      sheet: z.int().nullable(),
      postedOn: day.nullable(),
      clearsOn: day.nullable(),
      objections: z.array(
        z.object({
          filedOn: day,
          answerBy: day,
          reason: z.string().nullable(),
          outcome: z.enum(['upheld', 'dismissed']).nullable(),
          answer: z.string().nullable(),
          witness: z.string().nullable(),
        }),
      ),
    }),
  ),
  wishes: z.array(
    z.object({
      wishId: z.string(),
      kind: z.string(),
      state: z.string(),
      filedOn: day,
      words: z.string().meta({ description: 'as it was filed' }),
      contact: z.string().nullable(),
      wallWords: z.string().nullable(),
      thanks: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
  visits: z
    .object({
      state: z.string(),
      plan: z.object({ seq: z.int(), plannedOn: day, due: day, assessors: z.array(z.string()) }),
      results: z.array(
        z.object({
          seq: z.int(),
          day,
          checklist: z.string(),
          marks: z.array(z.array(z.int())).meta({ description: 'one row for each assessor' }),
          total: z.int(),
          passed: z.boolean(),
          revisit: day.nullable(),
          by: z.string(),
        }),
      ),
    })
    .nullable()
    .meta({ description: 'of the home; null where nobody ever planned one' }),
  problems: z.array(
    z.object({
      n: z.int(),
      seq: z.int(),
      state: z.string(),
      foundOn: day,
      what: z.string(),
      steps: z.array(z.object({ seq: z.int(), type: z.string(), day, by: z.string(), note: z.string() })),
    }),
  ),
  activities: z
    .array(
      z.object({
        seq: z.int(),
        kind: z.string(),
        occurredOn: day,
        name: z.string(),
        place: z.string(),
        members: z.string().meta({ description: 'who of it, where names were written down' }),
        award: z.object({ centipoints, seq: z.int(), waits: z.boolean() }).nullable(),
      }),
    )
    .meta({ description: 'of the village, at which the household was' }),
  kin: z
    .array(z.object({ person: z.string(), relation: z.enum(['own', 'relative']) }))
    .meta({ description: 'who declared this to be the own or a relative’s household' }),
  photos: z.array(z.object({ id: z.string(), sha256: z.string(), purpose: z.string(), addedAt: moment })),
  views: z.array(z.object({ by: z.string(), kind: z.string(), viewedAt: moment })),
  leftOut: z.array(z.string()).meta({ description: 'what is held and not given, and why' }),
  nextSeq: z.int().nullable().meta({ description: 'where the next part begins: ?from=' }),
});

export function describeCopy(
  { village, madeBy }: { village: { code: string; name: string }; madeBy: string },
  copy: HouseholdCopy,
): z.infer<typeof copyAnswer> {
  const { household, members, accounts, cards, acts, proxies, claims, kin, views, nextSeq } = copy;
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    village,
    madeAt: new Date().toISOString(),
    madeBy,
    household: {
      ...household,
      registeredAt: household.registeredAt.toISOString(),
      pinSetAt: iso(household.pinSetAt),
    },
    members,
    accounts,
    cards: cards.map(({ number, issuedAt, endedAt, recalledAt }) => ({
      number,
      issuedAt: issuedAt.toISOString(),
      endedAt: iso(endedAt),
      recalledAt: iso(recalledAt),
    })),
    acts: acts.map(describeAct),
    proxies,
    claims,
    wishes: copy.wishes.map(({ now, ...wish }) => ({ ...wish, state: now })),
    visits: copy.visits && {
      state: copy.visits.state,
      plan: {
        seq: copy.visits.plan.seq,
        plannedOn: copy.visits.plan.plannedOn,
        due: copy.visits.plan.due,
        assessors: copy.visits.plan.assessors,
      },
      results: copy.visits.results.map(({ seq, day: on, checklist, marks, total, passed, revisit, by }) => ({
        seq,
        day: on,
        checklist,
        marks,
        total,
        passed,
        revisit,
        by,
      })),
    },
    problems: copy.problems.map(({ steps, ...problem }) => ({
      ...problem,
      steps: steps.map(({ seq, type, day: on, by, note }) => ({ seq, type, day: on, by, note })),
    })),
    activities: copy.activities,
    kin,
    photos: copy.photos.map(({ publicId, sha256, purpose, addedAt }) => ({
      id: publicId,
      sha256,
      purpose,
      addedAt: addedAt.toISOString(),
    })),
    views: views.map(({ displayName, kind, viewedAt }) => ({
      by: displayName,
      kind,
      viewedAt: viewedAt.toISOString(),
    })),
    leftOut: [
      'the token in the QR code of the card: it is a key, and stands on the card itself',
      'the digits for the counter: only a hash is kept that nobody can turn back',
      'names and card numbers of other households in a split or merger: they are data of those households',
    ],
    nextSeq,
  };
}

type AnsweredAct = z.infer<typeof copyAnswer>['acts'][number];

function describeAct(act: CopiedAct): AnsweredAct {
  const { seq, actId, type, occurredOn, recordedAt, recordedBy, facts, leafHashHex, openings } = act;
  const { n, amountCentipoints, balanceAfterCentipoints } = act;
  const { ruleName, ruleVersion, goods, proxyRelation, reversesSeq, reversedBySeq } = act;
  return {
    seq,
    id: actId,
    type,
    occurredOn,
    recordedAt: recordedAt.toISOString(),
    recordedBy,
    n,
    amountCentipoints,
    balanceAfterCentipoints,
    ruleName,
    ruleVersion,
    goods,
    proxyRelation,
    reversesSeq,
    reversedBySeq,
    facts: facts as AnsweredAct['facts'],
    leafHash: leafHashHex,
    openings: openings.map(([salt, name, value]) => [salt, name, value]),
  };
}
