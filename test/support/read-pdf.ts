/** What stands where on the sheets that a browser makes of a page. */
import { getDocumentProxy } from 'unpdf';

/** Letters drawn in one go. */
export interface PdfRun {
  text: string;
  /** Of the first letter, in millimetres from the upper left corner of its sheet. */
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

const MM_PER_POINT = 25.4 / 72;

export async function readPdf(bytes: Uint8Array): Promise<PdfSheet[]> {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const sheets: PdfSheet[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    const runs = items.flatMap((item) => {
      if (!('str' in item) || item.str === '') return [];
      const [x, y] = item.transform.slice(4) as [number, number];
      return [{ text: asLetters(item.str), x: x * MM_PER_POINT, y: (height - y) * MM_PER_POINT }];
    });
    const text = runs
      .map((run) => run.text)
      .join('')
      .replaceAll(/\s/g, '');
    sheets.push({ width: width * MM_PER_POINT, height: height * MM_PER_POINT, runs, text });
  }
  await document.cleanup();
  return sheets;
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
