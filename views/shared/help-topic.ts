/** The parts of the help page, each about the pages of one piece of work. */
export type HelpTopic = 'villager' | 'households' | 'award' | 'claims' | 'counter' | 'goods' | 'notice' | 'trouble';

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
      'honours',
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
      'purchase-list',
      'gifts',
      'donors',
      'donations',
    ],
  ],
  ['notice', ['publications', 'samples', 'verify', 'warnings', 'problems']],
];

/** Where the help about a page stands; null where only the whole says it. */
export function helpTopic(path: string): HelpTopic | null {
  if (/^\/(sign-in|password|account)\b/.test(path)) return 'trouble';
  const word = /^\/villages\/\d+\/([a-z-]+)/.exec(path)?.[1];
  return TOPICS.find(([, words]) => word !== undefined && words.includes(word))?.[0] ?? null;
}
