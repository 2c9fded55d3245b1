/** The slip for printers that know only letters: no line is wider than 32 columns, where a Chinese character takes two. */
import { formatPoints } from '../../src/platform/points.ts';
import type { Translate } from '../shared/dictionary.ts';
import { presenceFacts } from './presence-facts.ts';
import type { RedemptionFacts } from './redemption-page.tsx';

const COLUMNS = 32;

export type SlipText = { redemption: RedemptionFacts; villageName: string; recordUrl: string };

export function slipText(t: Translate, { redemption, villageName, recordUrl }: SlipText): string {
  const { lines, spentCentipoints, balanceAfterCentipoints, reversedBySeq } = redemption;
  const points = (centipoints: number) => t('shared.pointsOf', { points: formatPoints(centipoints) });
  const rule = '-'.repeat(COLUMNS);
  const rows = [
    centred(t('exchange.slip.shop', { village: villageName })),
    [t('exchange.slip.title'), `${redemption.day} ${redemption.time}`],
    [redemption.headName, t('exchange.slip.card', { tail: redemption.cardNumber.slice(-4) })],
    ...presenceFacts(t, redemption).map(({ label, value }) => [label, value]),
    ...(reversedBySeq === null ? [] : [t('exchange.slip.reversed', { seq: reversedBySeq })]),
    rule,
    ...lines.flatMap((line) => [
      `${line.name} ${line.spec}`,
      [
        t('exchange.slip.times', { quantity: line.quantity, points: formatPoints(line.priceCentipoints) }),
        points(line.quantity * line.priceCentipoints),
      ],
    ]),
    rule,
    [t('exchange.slip.total'), points(spentCentipoints)],
    [t('exchange.slip.before'), points(balanceAfterCentipoints + spentCentipoints)],
    [t('exchange.slip.after'), points(balanceAfterCentipoints)],
    '',
    `${t('exchange.slip.signature')} ${'_'.repeat(16)}`,
    '',
    t('exchange.redemption.seq', { seq: redemption.seq }),
    recordUrl,
  ];
  return `${rows.flatMap((row) => (typeof row === 'string' ? wrap(row) : spread(row))).join('\n')}\n`;
}

function centred(text: string): string {
  return ' '.repeat(Math.max(Math.floor((COLUMNS - widthOf(text)) / 2), 0)) + text;
}

/** A word at each edge; under each other where they do not fit side by side. */
function spread([left = '', right = '']: readonly string[]): string[] {
  const space = COLUMNS - widthOf(left) - widthOf(right);
  if (space >= 1) return [left + ' '.repeat(space) + right];
  return [...wrap(left), ...wrap(right).map((line) => ' '.repeat(COLUMNS - widthOf(line)) + line)];
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const letter of text) {
    if (widthOf(line + letter) > COLUMNS) {
      lines.push(line);
      line = '';
    }
    line += letter;
  }
  return [...lines, line];
}

/** Printers of receipts give two columns to everything that is not ASCII. */
function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) < 128 ? 1 : 2), 0);
}
