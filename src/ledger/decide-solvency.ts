/**
 * Whether what a village has covers what it has promised, in four colours, and how much of its quarter is used. A quarter may give a
 * share of all that it had to give: goods that are there, goods that it handed out, and money.
 */
export interface Solvency {
  villageId: number;
  fenPerPoint: number;
  promisedCentipoints: number;
  promisedFen: number;
  goodsFen: number;
  moneyFen: number;
  /** Of the running quarter, where it was asked for: points given, reversals taken off, with those in publicity. */
  quarterGivenCentipoints: number;
  /** The value of what was handed out in it: with what is there, all that the quarter had to give. */
  quarterOutFen: number;
}

export interface SolvencyTerms {
  solvencyBluePercent: number;
  solvencyYellowPercent: number;
  solvencyRedPercent: number;
  quarterBudgetPercent: number | null;
  quarterWarnPercent: number;
}

export type SolvencyLevel = 'red' | 'yellow' | 'blue' | 'green';

export interface SolvencyVerdict {
  level: SolvencyLevel;
  /** What is promised, in percent of what stands against it; null where nothing does. */
  percent: number | null;
  budget: { centipoints: number; usedPercent: number; level: 'red' | 'yellow' | 'green' } | null;
}

export function decideSolvency(figures: Solvency, terms: SolvencyTerms): SolvencyVerdict {
  const { promisedFen, goodsFen, moneyFen } = figures;
  const coverFen = goodsFen + moneyFen;
  const reaches = (percent: number) => promisedFen > 0 && promisedFen * 100 >= percent * coverFen;
  const level = reaches(terms.solvencyRedPercent)
    ? 'red'
    : reaches(terms.solvencyYellowPercent)
      ? 'yellow'
      : reaches(terms.solvencyBluePercent)
        ? 'blue'
        : 'green';
  return {
    level,
    percent: coverFen > 0 ? Math.floor((promisedFen * 100) / coverFen) : promisedFen > 0 ? null : 0,
    budget: budgetOf(figures, terms),
  };
}

function budgetOf(figures: Solvency, terms: SolvencyTerms): SolvencyVerdict['budget'] {
  const { goodsFen, moneyFen, quarterOutFen, quarterGivenCentipoints, fenPerPoint } = figures;
  if (terms.quarterBudgetPercent === null) return null;
  const centipoints = Math.floor(
    ((goodsFen + moneyFen + quarterOutFen) * terms.quarterBudgetPercent) / Math.max(fenPerPoint, 1),
  );
  const isUsed = quarterGivenCentipoints > 0 && quarterGivenCentipoints >= centipoints;
  const usedPercent = centipoints > 0 ? Math.floor((quarterGivenCentipoints * 100) / centipoints) : isUsed ? 100 : 0;
  return {
    centipoints,
    usedPercent,
    level: isUsed ? 'red' : usedPercent >= terms.quarterWarnPercent ? 'yellow' : 'green',
  };
}

/** In order of precedence. Points that would lie beyond what the village can stand for. */
export type IssueRefusal =
  | { refused: 'solvency_red'; promisedFen: number; coverFen: number }
  | { refused: 'quarter_budget_used'; budgetCentipoints: number; givenCentipoints: number };

/** Whether so many points more may be given; those that are taken always may. */
export function refuseIssue(figures: Solvency, terms: SolvencyTerms, centipoints: number): IssueRefusal | null {
  if (centipoints <= 0) return null;
  const { promisedFen, goodsFen, moneyFen, fenPerPoint, quarterGivenCentipoints } = figures;
  const added = Math.ceil((centipoints * fenPerPoint) / 100);
  if (decideSolvency({ ...figures, promisedFen: promisedFen + added }, terms).level === 'red') {
    return { refused: 'solvency_red', promisedFen, coverFen: goodsFen + moneyFen };
  }
  const budget = budgetOf(figures, terms);
  if (budget && quarterGivenCentipoints + centipoints > budget.centipoints) {
    return {
      refused: 'quarter_budget_used',
      budgetCentipoints: budget.centipoints,
      givenCentipoints: quarterGivenCentipoints,
    };
  }
  return null;
}
