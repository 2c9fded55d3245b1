import { fill, type Words } from '../../src/platform/i18n/locale.ts';

type Areas = Readonly<Record<string, Words<Record<string, string>>>>;

/** What the compiler cannot see in the words: keys outside their area, twins, empty texts, lost places for values. */
export function findWordFaults(areas: Areas): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const [area, words] of Object.entries(areas)) {
    for (const [key, text] of Object.entries(words.zhCN)) {
      const english = words.en[key] ?? '';
      if (!key.startsWith(`${area}.`) && !key.startsWith('refusal.')) {
        faults.push(`${key}: a word of ${area} begins with "${area}.", the sentence of a refusal code with "refusal."`);
      }
      if (seen.has(key)) faults.push(`${key}: defined twice`);
      seen.add(key);
      if (text.trim() === '' || english.trim() === '') faults.push(`${key}: a text is empty`);
      if (placesOf(text) !== placesOf(english)) faults.push(`${key}: zh-CN and en do not name the same values`);
      if (/\{\w+\|/.test(text)) faults.push(`${key}: Chinese has one form for all numbers`);
      faults.push(...findNumberFaults(english).map((fault) => `${key}: ${fault}`));
      if (english === text && /\p{Script=Han}/u.test(text)) faults.push(`${key}: the English text is not English`);
    }
    for (const key of Object.keys(words.en)) {
      if (!(key in words.zhCN)) faults.push(`${key}: there is no zh-CN text`);
    }
  }
  return faults;
}

/** Forms by number must count a value of the text, and every number must read well as one and as two. */
function findNumberFaults(english: string): string[] {
  const places = [...english.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const counted = [...english.matchAll(/\{(\w+)\|/g)].map(([, name = '']) => name);
  const faults = counted.filter((name) => !places.includes(name)).map((name) => `{${name}|…} counts no value`);
  for (const [number, wrong] of [
    [1, WRONG_AFTER_ONE],
    [2, WRONG_AFTER_TWO],
  ] as const) {
    const said = fill(english, Object.fromEntries(places.map((name) => [name, COUNTS.has(name) ? number : '…'])));
    const found = wrong.exec(said);
    if (found !== null) faults.push(`"${found[0]}" in “${said}”: write {count|one|many}`);
  }
  return faults;
}

/** Values that are numbers of something; the others are names, days and numbers of entries. */
const COUNTS = new Set(
  (
    'acts active added adding ahead attemptsLeft balance base beyond budget came cards changed changes chosen claims ' +
    'count days done earn entries exchanged expired findings gainers given held highest households kinds known left ' +
    'leftQuantity limits locked longest losers lost lowest marks max maximum memberCount members min minimum missed ' +
    'missing months most mostMegabytes mostRows mostSeconds moves needed objections opening overdue paid pass pending ' +
    'people pieces points problems proposals quantity quantityOnHand retryAfterSeconds returned rules served shortest ' +
    'spendable spent sum taken taking times total unchanged unsettled villages wanted wishes'
  ).split(' '),
);
const BETWEEN = '(?:(?:more|new|older|other|given|earned|honour|home|of the) )*';
const ONE_OR_MANY =
  '(?:account|act|attempt|award|card|character|check|claim|code|correction|count|day|difference|digit|exchange|form|' +
  'gift|hour|household|item|kind|letter|line|lot|mark|member|minute|month|name|note|notice|number|objection|pack|' +
  'piece|place|point|price|problem|proposal|receipt|record|reminder|reservation|reversal|round|row|rule|second|slip|' +
  'star|time|unit|village|visit|word)';
const DO = '(?:are|were|have|do|earn|expire|go|leave|lose|need|owe|wait)';
const DOES = '(?:is|was|has|does|earns|expires|goes|leaves|loses|needs|owes|waits)';
const WRONG_AFTER_ONE = new RegExp(
  `(?<![\\d.,-])1 ${BETWEEN}(?:(?:${ONE_OR_MANY}s|people|entries|wishes|activities|copies)|(?:\\w+ )?${DO})\\b`,
);
const WRONG_AFTER_TWO = new RegExp(
  `(?<![\\d.,-])2 ${BETWEEN}(?:(?:${ONE_OR_MANY}|person|entry|wish|activity|copy)|(?:\\w+ )?${DOES})\\b`,
);

function placesOf(text: string): string {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' ');
}
