/** Which households the lines of a list mean, without a server: only what is certain counts. */

interface Household {
  number: string;
  name: string;
}

export function matchNames<Known extends Household>(
  lines: string,
  households: readonly Known[],
): { found: Known[]; unclear: string[]; twice: string[] } {
  const found = new Map<string, Known>();
  const unclear: string[] = [];
  const twice: string[] = [];
  for (const line of lines.split(/[\n,，、;；]+/)) {
    const written = line
      .normalize('NFKC')
      .replace(/^\s*\d{1,3}\s*[.、)．]\s*/, '')
      .trim();
    if (written === '') continue;
    const number = /\d{10}/.exec(written)?.[0];
    const fits = households.filter((one) => (number ? one.number === number : one.name === written));
    const [only] = fits;
    if (!only || fits.length > 1) unclear.push(written);
    else if (found.has(only.number)) twice.push(written);
    else found.set(only.number, only);
  }
  return { found: [...found.values()], unclear, twice };
}
