/** Points and words as the server writes them, for the pages that a browser fills in by itself. */

export function fillIn(words: string, values: Record<string, string | number>): string {
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Names one after the other, in the language of the page. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(document.documentElement.lang, { type: 'conjunction' }).format(names);
}

export function hundredths(centipoints: number): string {
  return String(centipoints / 100).replace('-', '−');
}

export function signed(centipoints: number): string {
  return `${centipoints > 0 ? '+' : ''}${hundredths(centipoints)}`;
}
