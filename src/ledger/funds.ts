/**
 * 资金来源: out of which pocket goods came, so that what was given for one purpose is never counted for another. The list is closed
 * and stands in public facts: a code is never taken out, and a new one is made known to the verifier from outside as well.
 */
export const FUNDS = [
  /** 社会捐赠: enterprises and persons. */
  'donation',
  /** 扶贫、乡村振兴资金. */
  'poverty_office',
  /** 民政资金. */
  'civil_affairs',
  /** 村集体收入. */
  'village_collective',
  /** 镇、县财政. */
  'government',
  /** 帮扶单位. */
  'partner_unit',
  'other',
] as const;

export type Fund = (typeof FUNDS)[number];
