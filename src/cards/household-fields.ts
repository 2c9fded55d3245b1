/** What people write about a household, folded and checked: from a form and from the office's list alike. */

/** A head's name as it is written on paper: no digits, no line ends, spaces between characters taken out. Null for what is no name. */
export function readHeadName(text: string): string | null {
  const name = text
    .normalize('NFKC')
    .trim()
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '');
  return /^[\p{L}\p{M}·.' -]{1,20}$/u.test(name) ? name : null;
}

/** From 1 to 99, or null. */
export function readMemberCount(text: string): number | null {
  const count = text.normalize('NFKC').trim();
  return /^[1-9]\d?$/.test(count) ? Number(count) : null;
}

export function readPhone(text: string): string | null {
  const phone = text.normalize('NFKC').replaceAll(/\s/g, '');
  return /^\+?[\d-]{5,20}$/.test(phone) ? phone : null;
}
