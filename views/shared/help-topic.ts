/** The parts of the help page, each about the pages of one piece of work. */
export const HELP_TOPICS = [
  'villager',
  'households',
  'award',
  'claims',
  'counter',
  'goods',
  'notice',
  'offices',
  'trouble',
] as const;
export type HelpTopic = (typeof HELP_TOPICS)[number];

/** Of pages of a village, by the first word behind it. */
const TOPICS: readonly [HelpTopic, readonly string[]][] = [
  ['villager', ['wishes', 'wish-desk', 'echoes']],
  [
    'households',
    [
      'cards',
      'roster',
      'imports',
      'balances',
      'earned',
      'debts',
      'inspections',
      'household-changes',
      'openings',
      'opening-previews',
      'expiries',
      'names',
    ],
  ],
  [
    'award',
    [
      'awards',
      'award-previews',
      'rules',
      'rule-previews',
      'rule-imports',
      'reminders',
      'activities',
      'reversals',
      'undoings',
      'acts',
      'honours',
      'settings',
      'rate',
    ],
  ],
  ['claims', ['claims', 'kin', 'waivers', 'board', 'sheets']],
  ['counter', ['counter', 'redemptions', 'reservations', 'paper-slips', 'queue', 'exchange-days']],
  [
    'goods',
    [
      'goods',
      'receipts',
      'goods-imports',
      'shelf',
      'wants',
      'stocktakes',
      'goods-proposals',
      'first-prices',
      'purchase-list',
      'gifts',
      'donors',
      'donations',
      'funds',
      'handovers',
    ],
  ],
  ['notice', ['publications', 'samples', 'verify', 'warnings', 'problems', 'charts', 'years', 'log']],
];

/** Where the help about a page stands; null where only the whole says it. Who is not signed in reads what is for everybody. */
export function helpTopic(path: string, isSignedIn: boolean): HelpTopic | null {
  if (/^\/(sign-in|password|account|reset|second-factor|offline)\b/.test(path)) return 'trouble';
  if (path.startsWith('/uploads')) return 'award';
  if (!isSignedIn) return 'villager';
  if (path.startsWith('/my-gifts')) return 'goods';
  if (path.startsWith('/regions/')) return 'offices';
  const word = /^\/villages\/\d+\/([a-z-]+)/.exec(path)?.[1];
  return TOPICS.find(([, words]) => word !== undefined && words.includes(word))?.[0] ?? null;
}
