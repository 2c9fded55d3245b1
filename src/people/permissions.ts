/**
 * Who may do what: the one table that pages and API ask. A role covers its region and everything below it.
 * Separation of duties: who hands out goods and awards points does not publish; who publishes never posts, and who hands out goods
 * never approves points. A village that has the people divides the manager's work between a recorder and a storekeeper. Which roles
 * nobody holds together: decide-appointment.ts; who approves which line: claims/decide-separation.ts.
 */

export const ROLES = [
  'manager',
  'recorder',
  'storekeeper',
  'supervisor',
  'leader',
  'approver',
  'township_officer',
  'county_officer',
  'auditor',
  'county_administrator',
  'donor',
] as const;

export type Role = (typeof ROLES)[number];

const CAPABILITIES = [
  /** Names, balances and every act of a village, unmasked. */
  'village.read',
  /** Send photos of what happened to the village that the act is about. */
  'photo.add',
  'household.register',
  'card.open',
  /** Freeze, recall and replace cards; split and merge households; record who left. */
  'household.change',
  'points.award',
  /** The first look at what somebody recorded or asked for. */
  'claim.review',
  /** The committee's word on it; whoever hands out goods has none. */
  'claim.approve',
  /** The first secretary's word: what it lets happen is posted for those who recorded it. */
  'claim.endorse',
  /** Say which household is one's own and which are relatives'. */
  'kin.declare',
  /** Let a tiny village do with fewer people, with a reason. */
  'duties.waive',
  /** Clear away what is too old by the village's rule; nobody chooses whose. */
  'points.expire',
  'goods.receive',
  'goods.redeem',
  /** Keep goods for a household, and hand them out when it comes. */
  'goods.reserve',
  /** Ask for prices and write-offs, set limits, count. */
  'goods.manage',
  /** Look at what somebody else took in. */
  'goods.check',
  /** Hand the shop over, or take it over, as one of the two. */
  'handover.keep',
  /** Let a change of hands be without a count, with a reason. */
  'handover.waive',
  /** Decide on a price set by hand, a write-off, a count with differences; never one's own. */
  'goods.approve',
  'act.reverse',
  /** Say who visits which household, by draw or by name. */
  'inspection.plan',
  /** Write down what the assessors marked. */
  'inspection.record',
  /** Write down what is wrong, whoever it is about. */
  'problem.find',
  /** Say that a problem is fixed, and how. */
  'problem.fix',
  /** Give a problem to somebody, or put it off. */
  'problem.direct',
  /** Look at what somebody else fixed, and close it; never one's own. */
  'problem.close',
  /** Draw the month's sample and say what was found; whoever awards or hands out has none of it. */
  'sample.draw',
  /** Open a round for an honour. */
  'honour.open',
  /** Nominate a household for one. */
  'honour.nominate',
  /** Record whom the village honours, or withdraw an honour; never who nominated, nor for one's own. */
  'honour.decide',
  /** Record what the village did together, and who came. */
  'activity.record',
  /** Record what the village's meeting decided about its rules. */
  'rule.change',
  /** Record what it decided about how it works: limits, approvals, days. */
  'setting.change',
  'record.publish',
  /** Gifts from word to letter, donors, what money was spent on. */
  'gift.record',
  /** Find a gift good, or not, as somebody who did not receive it. */
  'gift.inspect',
  /** Wishes: check, put on the wall, decline, take up again, thank. */
  'wish.keep',
  /** Say that a wish was fulfilled, and with what. */
  'wish.deliver',
  /** One's own gifts and what became of them; wishes to fulfil. */
  'gift.own',
  /** Compare the villages of a township or county. */
  'region.compare',
  /** Give a code for a new password, and sign somebody out everywhere. */
  'staff.help',
  /** Who signed in, was refused, was given rights. */
  'security.read',
  /** Found villages and appoint people. */
  'county.administer',
] as const;

export type Capability = (typeof CAPABILITIES)[number];

const MAY: Readonly<Record<Role, readonly Capability[]>> = {
  manager: [
    'village.read',
    'photo.add',
    'household.register',
    'card.open',
    'household.change',
    'points.award',
    'points.expire',
    'goods.receive',
    'goods.redeem',
    'goods.reserve',
    'goods.manage',
    'goods.check',
    'handover.keep',
    'act.reverse',
    'rule.change',
    'setting.change',
    'gift.record',
    'gift.inspect',
    'wish.keep',
    'wish.deliver',
    'inspection.plan',
    'inspection.record',
    'problem.find',
    'problem.fix',
    'honour.open',
    'honour.nominate',
    'activity.record',
  ],
  recorder: [
    'village.read',
    'goods.check',
    'photo.add',
    'points.award',
    'claim.review',
    'kin.declare',
    'gift.inspect',
    'wish.keep',
    'inspection.plan',
    'inspection.record',
    'problem.find',
    'problem.fix',
    'honour.nominate',
    'activity.record',
  ],
  storekeeper: [
    'village.read',
    'photo.add',
    'goods.receive',
    'goods.redeem',
    'goods.reserve',
    'goods.manage',
    'goods.check',
    'handover.keep',
    'gift.record',
    'gift.inspect',
    'wish.deliver',
    'problem.find',
    'problem.fix',
  ],
  leader: [
    'village.read',
    'goods.check',
    'goods.approve',
    'photo.add',
    'claim.review',
    'claim.approve',
    'kin.declare',
    'gift.inspect',
    'wish.keep',
    'inspection.plan',
    'inspection.record',
    'problem.find',
    'problem.fix',
    'problem.direct',
    'problem.close',
    'honour.open',
    'honour.nominate',
    'honour.decide',
    'activity.record',
  ],
  approver: [
    'village.read',
    'goods.check',
    'goods.approve',
    'photo.add',
    'claim.review',
    'claim.approve',
    'kin.declare',
    'gift.inspect',
    'inspection.record',
    'problem.find',
    'problem.fix',
    'problem.close',
    'honour.nominate',
    'honour.decide',
  ],
  auditor: ['village.read', 'region.compare', 'security.read'],
  supervisor: [
    'village.read',
    'goods.check',
    'goods.approve',
    'photo.add',
    'record.publish',
    'claim.endorse',
    'kin.declare',
    'gift.inspect',
    'wish.keep',
    'inspection.plan',
    'problem.find',
    'problem.direct',
    'problem.close',
    'sample.draw',
    'honour.open',
    'honour.nominate',
    'honour.decide',
    'activity.record',
  ],
  township_officer: ['village.read', 'region.compare', 'staff.help', 'duties.waive', 'handover.waive'],
  county_officer: ['village.read', 'region.compare'],
  county_administrator: ['village.read', 'region.compare', 'staff.help', 'security.read', 'county.administer'],
  donor: ['gift.own'],
};

/** Where each role is held. */
export const LEVEL_OF_ROLE: Readonly<Record<Role, 'county' | 'township' | 'village'>> = {
  manager: 'village',
  recorder: 'village',
  storekeeper: 'village',
  supervisor: 'village',
  leader: 'village',
  approver: 'village',
  auditor: 'county',
  township_officer: 'township',
  county_officer: 'county',
  county_administrator: 'county',
  donor: 'village',
};

export interface Appointment {
  role: Role;
  regionId: number;
  regionCode: string;
  regionName: string;
}

/** A region with everything above it, nearest first: what an appointment is held against. */
export interface RegionPath {
  regionIds: readonly number[];
}

/** True when one of the appointments carries the capability and its region is on the path. */
export function may(appointments: readonly Appointment[], capability: Capability, path: RegionPath): boolean {
  return appointments.some(({ role, regionId }) => MAY[role].includes(capability) && path.regionIds.includes(regionId));
}

/** Whom to ask for what one may not do oneself. */
export function rolesThatMay(capability: Capability): Role[] {
  return ROLES.filter((role) => MAY[role].includes(capability));
}

/** True when the capability is held anywhere at all. */
export function mayAnywhere(appointments: readonly Appointment[], capability: Capability): boolean {
  return appointments.some(({ role }) => MAY[role].includes(capability));
}
