/** What people write about a household, folded and checked: from a form and from the office's list alike. */

/** A head's name as it is written on paper: no digits, no line ends, spaces between characters taken out. Null for what is no name. */
export function readHeadName(text: string): string | null {
  const name = text
    .normalize('NFKC')
    .trim()
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '');
  return /^[\p{L}\p{M}·.' -]{1,20}$/u.test(name) ? name : null;
}

/** From 1 to 99, or null: 4, ４, 4人 and 4口人 are one. */
export function readMemberCount(text: string): number | null {
  const count = text
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .replace(/(口人|口|人)$/, '');
  return /^[1-9]\d?$/.test(count) ? Number(count) : null;
}

export function readPhone(text: string): string | null {
  const phone = text.normalize('NFKC').replaceAll(/\s/g, '');
  return /^\+?[\d-]{5,20}$/.test(phone) ? phone : null;
}

/** Names of members, one on each line, parted by commas, or by spaces where that is clear; null where one of them is no name. */
export function readNames(text: string): string[] | null {
  const names = text
    .slice(0, 2_000)
    .split(/[\r\n,，、;；/]+/)
    .filter((part) => part.trim() !== '')
    .flatMap((part) => partedBySpaces(part.normalize('NFKC').trim()))
    .map((name) => name && readHeadName(name));
  return names.every((name) => name !== null) ? names : null;
}

/** 陈来福 王花 are two; 王 花 and 陈 来 福 are spread out as offices do it, and are one. Null where nobody can tell. */
function partedBySpaces(part: string): (string | null)[] {
  const words = part.split(/\s+/);
  const isSingle = (word: string) => [...word].length === 1;
  const isWhole = words.length === 1 || !/^[\p{Script=Han}\s]+$/u.test(part);
  if (isWhole || (words.length === 2 && words.some(isSingle))) return [part];
  const names: (string | null)[] = [];
  for (let at = 0; at < words.length; ) {
    const end = words.findIndex((word, place) => place >= at && !isSingle(word));
    const singles = words.slice(at, end < 0 ? words.length : end);
    const isName = singles.length === 2 || singles.length === 3;
    if (singles.length > 0) names.push(isName ? singles.join('') : null);
    else names.push(words[at] ?? null);
    at += Math.max(singles.length, 1);
  }
  return names;
}
