/** What a household was honoured for, as its own pages say it. */
export interface HonourLine {
  /** One for so many honour points. */
  stars: number;
  honours: readonly { kind: string; day: string }[];
}

/** Given by the folder that knows honours, which stands to the right of the cards. */
export type HonoursOf = (villageId: number, accountId: number) => Promise<HonourLine>;
