import type { Words } from '../../src/platform/i18n/locale.ts';

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
      if (english === text && /\p{Script=Han}/u.test(text)) faults.push(`${key}: the English text is not English`);
    }
    for (const key of Object.keys(words.en)) {
      if (!(key in words.zhCN)) faults.push(`${key}: there is no zh-CN text`);
    }
  }
  return faults;
}

function placesOf(text: string): string {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' ');
}
