/**
 * Reads a printed code back, so that tests and pictures come to a villager's page the only way there is: by the card. Knows as
 * much of ISO/IEC 18004 as a card needs: a clean picture, one block of data, capital letters and digits.
 */
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

const FORMAT_MASK = 0b101010000010010;
const ALPHANUMERIC = 0b0010;

/** `path` is the ink of our own QR codes: a stroke for each run of dark squares; `border` squares around it are blank. */
export function readQr(path: string, border = 4): string {
  const dark = new Set<string>();
  let size = 0;
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    for (let step = 0; step < Number(run); step += 1) dark.add(`${Number(x) + step - border},${Number(y) - border}`);
    size = Math.max(size, Number(x) + Number(run) - border);
  }
  return decode(size, (x, y) => dark.has(`${x},${y}`));
}

function decode(size: number, isDark: (x: number, y: number) => boolean): string {
  const isFlipped = maskOf(formatOf(isDark));
  const bits: number[] = [];
  let upwards = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const y = upwards ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (!isFunction(size, x, y)) bits.push(Number(isDark(x, y) !== isFlipped(x, y)));
      }
    }
    upwards = !upwards;
  }
  return wordsOf(bits);
}

function wordsOf(bits: readonly number[]): string {
  let at = 0;
  const take = (count: number) => {
    const value = bits.slice(at, at + count).reduce((sum, bit) => sum * 2 + bit, 0);
    at += count;
    return value;
  };
  if (take(4) !== ALPHANUMERIC) throw new Error('the code holds more than capital letters and digits');
  let left = take(9);
  let words = '';
  for (; left >= 2; left -= 2) {
    const pair = take(11);
    words += `${LETTERS[Math.floor(pair / 45)]}${LETTERS[pair % 45]}`;
  }
  return left === 1 ? words + LETTERS[take(6)] : words;
}

/** The fifteen bits around the upper left corner; the first of them is the highest. */
function formatOf(isDark: (x: number, y: number) => boolean): number {
  const row = [0, 1, 2, 3, 4, 5, 7, 8].map((x) => isDark(x, 8));
  const column = [7, 5, 4, 3, 2, 1, 0].map((y) => isDark(8, y));
  return [...row, ...column].reduce((sum, bit) => sum * 2 + Number(bit), 0) ^ FORMAT_MASK;
}

function maskOf(format: number): (x: number, y: number) => boolean {
  const masks: ((x: number, y: number) => boolean)[] = [
    (x, y) => (x + y) % 2 === 0,
    (_, y) => y % 2 === 0,
    (x) => x % 3 === 0,
    (x, y) => (x + y) % 3 === 0,
    (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
    (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
    (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
    (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
  ];
  const mask = masks[(format >> 10) & 0b111];
  if (!mask) throw new Error('no such mask');
  return mask;
}

/** Finders, timing, alignment and format: everything that is no data. */
function isFunction(size: number, x: number, y: number): boolean {
  const isFinder = (x < 9 && y < 9) || (x < 9 && y >= size - 8) || (x >= size - 8 && y < 9);
  const center = size - 7;
  const isAlignment = size > 21 && Math.abs(x - center) <= 2 && Math.abs(y - center) <= 2;
  return isFinder || isAlignment || x === 6 || y === 6;
}
