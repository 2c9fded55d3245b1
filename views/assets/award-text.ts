/** Points and words as the server writes them, for the pages that a browser fills in by itself. */

export function fillIn(words: string, values: Record<string, string | number>): string {
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function hundredths(centipoints: number): string {
  return String(centipoints / 100).replace('-', '−');
}

export function signed(centipoints: number): string {
  return `${centipoints > 0 ? '+' : ''}${hundredths(centipoints)}`;
}
