/**
 * What stands where on the sheets that Chromium makes of a page: enough of PDF (ISO 32000) for its writer, and no more. Each run of
 * letters comes with the place of its first one, in millimetres from the upper left corner of its sheet.
 */
import { inflateSync } from 'node:zlib';

export interface PdfRun {
  text: string;
  x: number;
  y: number;
}

export interface PdfSheet {
  /** In millimetres. */
  width: number;
  height: number;
  runs: PdfRun[];
  /** All of it, in the order in which it was drawn, without spaces. */
  text: string;
}

type Matrix = [number, number, number, number, number, number];
interface Font {
  /** Bytes of a letter's code. */
  codeLength: number;
  letters: Map<number, string>;
}

const MM_PER_POINT = 25.4 / 72;

export function readPdf(bytes: Uint8Array): PdfSheet[] {
  const objects = readObjects(Buffer.from(bytes).toString('latin1'));
  const at = (reference: string | undefined) => objects.get(Number(reference)) ?? { head: '', stream: '' };
  const catalog = [...objects.values()].find(({ head }) => /\/Type\s*\/Catalog\b/.test(head));
  const order: string[] = [];
  const gather = (number: string | undefined) => {
    const { head } = at(number);
    if (/\/Type\s*\/Page\b/.test(head)) order.push(head);
    else for (const [, kid] of (/\/Kids\s*\[([^\]]*)\]/.exec(head)?.[1] ?? '').matchAll(/(\d+) 0 R/g)) gather(kid);
  };
  gather(/\/Pages (\d+) 0 R/.exec(catalog?.head ?? '')?.[1]);
  return order.map((page) => {
    const [, , width = 0, height = 0] = (/\/MediaBox\s*\[([^\]]*)\]/.exec(page)?.[1] ?? '')
      .trim()
      .split(/\s+/)
      .map(Number);
    const resources = at(/\/Resources (\d+) 0 R/.exec(page)?.[1]).head || page;
    const named = /\/Font\s*<<([^>]*)>>/.exec(resources)?.[1] ?? '';
    const fonts = new Map(
      [...named.matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, name = '', number]) => [name, readFont(at(number).head, at)]),
    );
    const runs = readRuns(at(/\/Contents (\d+) 0 R/.exec(page)?.[1]).stream, fonts).map(({ text, x, y }) => ({
      text,
      x: x * MM_PER_POINT,
      y: (height - y) * MM_PER_POINT,
    }));
    const text = runs
      .map((run) => run.text)
      .join('')
      .replaceAll(/\s/g, '');
    return { width: width * MM_PER_POINT, height: height * MM_PER_POINT, runs, text };
  });
}

function readObjects(text: string): Map<number, { head: string; stream: string }> {
  const objects = new Map<number, { head: string; stream: string }>();
  for (const begun of text.matchAll(/(?:^|\n)(\d+) 0 obj\s/g)) {
    const start = begun.index + begun[0].length;
    const body = text.slice(start, text.indexOf('endobj', start));
    const streamAt = body.search(/stream\r?\n/);
    const head = streamAt === -1 ? body : body.slice(0, streamAt);
    const packed = streamAt === -1 ? '' : body.slice(body.indexOf('\n', streamAt) + 1);
    const isReadable = /\/FlateDecode/.test(head) && !/\/Subtype\s*\/Image/.test(head);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? packed.length);
    const stream = isReadable ? inflateSync(Buffer.from(packed.slice(0, length), 'latin1')).toString('latin1') : packed;
    objects.set(Number(begun[1]), { head, stream });
  }
  return objects;
}

function readFont(head: string, at: (reference: string | undefined) => { stream: string }): Font {
  const map = at(/\/ToUnicode (\d+) 0 R/.exec(head)?.[1]).stream;
  const letters = new Map<number, string>();
  for (const [, block = ''] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code = '', to = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>/g))
      letters.set(parseInt(code, 16), utf16(to));
  }
  for (const [, block = ''] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from = '', until = '', to = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
      for (let code = parseInt(from, 16); code <= parseInt(until, 16); code += 1) {
        letters.set(code, asLetters(String.fromCharCode(parseInt(to, 16) + code - parseInt(from, 16))));
      }
    }
  }
  return { codeLength: /\/Subtype\s*\/Type0/.test(head) ? 2 : 1, letters };
}

function utf16(hex: string): string {
  return asLetters((hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(parseInt(unit, 16))).join(''));
}

/** What the standard does not fold, as it is written in simplified characters. */
const RADICALS = new Map(
  [
    ...'⻅见⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙戶户'.matchAll(/(.)(.)/gu),
  ].map(([, radical = '', letter = '']) => [radical, letter]),
);

/** Fonts that have one sign for a letter and for its radical name the radical. */
function asLetters(text: string): string {
  const folded = text.replaceAll(/[\u2e80-\u2fdf]/g, (radical) => radical.normalize('NFKC'));
  return [...folded].map((letter) => RADICALS.get(letter) ?? letter).join('');
}

function times(first: Matrix, second: Matrix): Matrix {
  const [a, b, c, d, e, f] = first;
  const [g, h, i, j, k, l] = second;
  return [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l];
}

const TOKEN = /\((?:\\[\s\S]|[^\\()])*\)|<[0-9A-Fa-f\s]*>|\[|\]|\/[^\s/<>[\]()]+|[^\s/<>[\]()]+/g;

function readRuns(stream: string, fonts: ReadonlyMap<string, Font>): PdfRun[] {
  const runs: PdfRun[] = [];
  const kept: Matrix[] = [];
  let place: Matrix = [1, 0, 0, 1, 0, 0];
  let line: Matrix = place;
  let font: Font | undefined;
  let operands: string[] = [];
  const numbers = () => operands.map(Number).slice(-6) as Matrix;
  const show = (pieces: readonly string[]) => {
    const text = pieces.map((piece) => lettersOf(piece, font)).join('');
    const [, , , , x, y] = times(line, place);
    if (text !== '') runs.push({ text, x, y });
  };
  const acts: Record<string, () => void> = {
    q: () => kept.push(place),
    Q: () => {
      place = kept.pop() ?? place;
    },
    cm: () => {
      place = times(numbers(), place);
    },
    BT: () => {
      line = [1, 0, 0, 1, 0, 0];
    },
    Tf: () => {
      font = fonts.get(operands.at(-2)?.slice(1) ?? '');
    },
    Tm: () => {
      line = numbers();
    },
    Td: () => {
      const [x = 0, y = 0] = operands.slice(-2).map(Number);
      line = times([1, 0, 0, 1, x, y], line);
    },
    Tj: () => show(operands.slice(-1)),
    TJ: () => show(operands),
  };
  for (const [token] of stream.matchAll(TOKEN)) {
    if (/^[A-Za-z'"*]+$/.test(token)) {
      acts[token]?.();
      operands = [];
    } else operands.push(token);
  }
  return runs;
}

/** What is between letters (how far they are apart) is no text. */
function lettersOf(piece: string, font: Font | undefined): string {
  const bytes = piece.startsWith('<')
    ? Buffer.from(piece.replaceAll(/[<>\s]/g, ''), 'hex')
    : piece.startsWith('(')
      ? Buffer.from(unescaped(piece.slice(1, -1)), 'latin1')
      : Buffer.alloc(0);
  const { codeLength = 1, letters } = font ?? {};
  let text = '';
  for (let at = 0; at + codeLength <= bytes.length; at += codeLength) {
    text += letters?.get(bytes.readUIntBE(at, codeLength)) ?? '';
  }
  return text;
}

function unescaped(text: string): string {
  const named: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return text.replaceAll(/\\(\d{1,3}|[\s\S])/g, (_, what: string) =>
    /^\d/.test(what) ? String.fromCharCode(parseInt(what, 8)) : (named[what] ?? what),
  );
}
