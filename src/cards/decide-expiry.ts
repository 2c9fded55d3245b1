import type { AccountStatus, ActDraft } from '../ledger/index.ts';

/** In order of precedence. */
export type ExpiryRefusal =
  | { refused: 'points_never_expire' }
  | { refused: 'date_in_future'; occurredOn: string }
  /** Until midnight everybody may still spend them. */
  | { refused: 'year_not_over'; occurredOn: string }
  | { refused: 'month_published'; month: string }
  | { refused: 'nothing_to_expire'; occurredOn: string };

export interface ExpiryBasis {
  today: string;
  closedMonths: ReadonlySet<string>;
  /** The village has said how long points live. */
  expires: boolean;
  /** Unused points go at the end of each year. */
  isYearly: boolean;
  households: readonly ExpiringHousehold[];
}

/** A household and how much of what it holds is no longer good on the day. */
export interface ExpiringHousehold {
  accountId: number;
  pseudonym: string;
  number: string;
  headName: string;
  status: AccountStatus;
  lastN: number;
  dueCentipoints: number;
}

/** 到期: every household that holds points too old on the day, one act each; nobody chooses whose. */
export function decideExpiry(
  { occurredOn }: { occurredOn: string },
  { today, closedMonths, expires, isYearly, households }: ExpiryBasis,
): ExpiryRefusal | { acts: ActDraft[] } {
  if (!expires) return { refused: 'points_never_expire' };
  if (occurredOn > today) return { refused: 'date_in_future', occurredOn };
  if (isYearly && occurredOn === today && occurredOn.endsWith('-12-31'))
    return { refused: 'year_not_over', occurredOn };
  const month = occurredOn.slice(0, 7);
  if (closedMonths.has(month)) return { refused: 'month_published', month };
  const due = households.filter(({ dueCentipoints }) => dueCentipoints > 0);
  if (due.length === 0) return { refused: 'nothing_to_expire', occurredOn };
  return { acts: due.map(expire) };
}

/** Also on a frozen card: time goes on. What was due was worked out from what stood on the card at that entry. */
function expire({
  accountId,
  pseudonym,
  number,
  headName,
  status,
  lastN,
  dueCentipoints,
}: ExpiringHousehold): ActDraft {
  return {
    type: 'points.expire',
    facts: {},
    disclosed: { card: number, household: headName },
    entry: {
      accountId,
      pseudonym,
      amountCentipoints: -dueCentipoints,
      expectedN: lastN,
      status: { from: status, to: status },
    },
  };
}
