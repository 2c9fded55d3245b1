import { pinyin } from 'pinyin-pro';

/** How a name is found by the keyboard: whole pinyin without spaces, and initials. Written once, with the name. */
export interface SearchKeys {
  pinyin: string;
  initials: string;
}

/** A person's name: `"单小花"` → `{ pinyin: "shanxiaohua", initials: "sxh" }`, for a surname is read as a surname. */
export function nameSearchKeys(name: string): SearchKeys {
  return searchKeys(name, 'head');
}

/** Any other text, such as the name of goods or of a rule. */
export function textSearchKeys(text: string): SearchKeys {
  return searchKeys(text, 'off');
}

function searchKeys(text: string, surname: 'head' | 'off'): SearchKeys {
  const options = { toneType: 'none', type: 'array', surname, nonZh: 'consecutive' } as const;
  const syllables = pinyin(text, options).map((syllable) => syllable.toLowerCase().replace(/[^a-z0-9]/g, ''));
  return {
    pinyin: syllables.join(''),
    initials: syllables.map((syllable) => (/^\d/.test(syllable) ? syllable : syllable.slice(0, 1))).join(''),
  };
}
