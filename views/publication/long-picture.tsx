import type { Locale } from '../../src/platform/i18n/locale.ts';
import { formatPoints } from '../../src/platform/points.ts';
import type { RecordContent } from '../../src/publication/index.ts';
import { formatDay, formatMonth } from '../shared/day-text.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { qrPath } from '../shared/qr-code.tsx';
import { layOutPart, MARGIN, PICTURE_WIDTH, type PlacedPart, type PlacedText, wrap } from './lay-out-picture.ts';
import { type Cell, type CellKind, recordParts } from './record-parts.ts';
import { formatCell, partNumber } from './record-table.tsx';

export type LongPictureProps = {
  content: RecordContent;
  seq: number;
  contentHashHex: string;
  publishedOn: string;
  windowFrom: string;
  windowTo: string;
  supervisorName: string;
  liveUrl: string;
  checkpointNote: string | null;
  t: Translate;
  locale: Locale;
};

const INNER = PICTURE_WIDTH - 2 * MARGIN;
const LIVE_CODE = 300;
const NOTE_CODE = 640;
const STRIP_HEIGHT = 1_000;

/**
 * 长图: the published record as one picture for a chat, which needs no link to be opened. It shows what the page shows and nothing more:
 * names as they were published, every line, the seal of the log as a code. It is drawn without a page, so it brings its own colours, and
 * in strips, because drawing one part of an SVG costs as much as all of its words.
 */
export function longPicture(props: LongPictureProps) {
  const { t } = props;
  const head = layOutHead(props);
  let y = head.end;
  const parts = partsOf(props).map((part) => {
    const placed = layOutPart(part, y, t('publication.part.nothing'));
    y = placed.end;
    if (placed.left > 0) {
      const words = t('publication.picture.left', { count: placed.left });
      placed.texts.push({ x: MARGIN, y: y + 10, words, size: 28, isBold: true });
      y += 50;
    }
    return placed;
  });
  const footTop = Math.ceil(y);
  const foot = layOutFoot(props, footTop + 30);
  const placed = [head, ...parts, foot];
  const texts = placed.flatMap((part) => part.texts);
  const rules = placed.flatMap((part) => part.rules);
  const tops = Array.from({ length: Math.ceil(footTop / STRIP_HEIGHT) }, (_, at) => at * STRIP_HEIGHT);
  return [
    ...tops.map((top) => {
      const height = Math.min(STRIP_HEIGHT, footTop - top);
      return <Strip key={top} top={top} height={height} texts={texts} rules={rules} codes={[]} />;
    }),
    <Strip key="foot" top={footTop} height={foot.end - footTop} texts={texts} rules={rules} codes={foot.codes} />,
  ];
}

type StripProps = Pick<PlacedPart, 'texts' | 'rules'> & { top: number; height: number; codes: CodeProps[] };

/** What is seen between two heights; a word that stands on the edge is drawn in both strips. */
function Strip({ top, height, texts, rules, codes }: StripProps) {
  const isSeen = (from: number, to: number) => to > top && from < top + height;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={PICTURE_WIDTH}
      height={height}
      viewBox={`0 ${top} ${PICTURE_WIDTH} ${height}`}
    >
      <rect y={top} width={PICTURE_WIDTH} height={height} fill="#ffffff" />
      {top === 0 && <rect width={PICTURE_WIDTH} height="14" fill="#a8321f" />}
      <g font-family="'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','WenQuanYi Zen Hei',sans-serif">
        {rules
          .filter((y) => isSeen(y, y + 1))
          .map((y) => (
            <rect key={y} x={MARGIN} y={y} width={INNER} height="1" fill="#c9c1b4" />
          ))}
        {texts
          .filter(({ y, size }) => isSeen(y - 1.5 * size, y + size))
          .map(({ x, y, words, size, isBold, isSoft, isEnd }) => (
            <text
              key={`${x} ${y}`}
              x={x}
              y={y}
              font-size={size}
              font-weight={isBold ? 700 : 400}
              fill={isSoft ? '#5c5348' : '#1d1a16'}
              text-anchor={isEnd ? 'end' : 'start'}
            >
              {words}
            </text>
          ))}
      </g>
      {codes.map((code) => (
        <Code key={code.y} {...code} />
      ))}
    </svg>
  );
}

type CodeProps = { x: number; y: number; width: number; text: string; level: 'L' | 'M' };

/** Each square is a whole number of pixels wide: what a chat makes smaller is read all the same. */
function Code({ x, y, width, text, level }: CodeProps) {
  const { size, path } = qrPath(text, level);
  return (
    <path
      d={path}
      transform={`translate(${x} ${y}) scale(${Math.floor(width / size)})`}
      shape-rendering="crispEdges"
      fill="#000000"
    />
  );
}

/** Lines one under the other, the longer ones in several. */
function stack(top: number, blocks: readonly (Pick<PlacedText, 'words' | 'size'> & Partial<PlacedText>)[]): PlacedPart {
  const texts: PlacedText[] = [];
  let y = top;
  for (const block of blocks) {
    for (const words of wrap(block.words, block.size)) {
      y += block.size * 1.5;
      texts.push({ x: MARGIN, y, ...block, words });
    }
  }
  return { texts, rules: [], end: y + 30, left: 0 };
}

function layOutHead({ content, seq, publishedOn, windowFrom, windowTo, supervisorName, t, locale }: LongPictureProps) {
  const { village, month, version, record } = content;
  const { openingCentipoints, openedCentipoints, givenCentipoints, takenCentipoints, exchangedCentipoints } =
    record.totals;
  const day = (value: string) => formatDay(value, locale, { today: publishedOn, short: true });
  return stack(30, [
    { words: t('publication.notice.place', { village: village.name }), size: 34, isSoft: true },
    { words: t('publication.record.title', { month: formatMonth(month, locale) }), size: 54, isBold: true },
    {
      words: t('publication.record.lead', {
        version,
        day: formatDay(publishedOn, locale, { short: true }),
        name: supervisorName,
        from: day(windowFrom),
        to: day(windowTo),
      }),
      size: 28,
      isSoft: true,
    },
    { words: t('publication.notice.number', { seq }), size: 28, isSoft: true },
    {
      words: t('publication.notice.summary', {
        opening: formatPoints(openingCentipoints),
        opened: formatPoints(openedCentipoints),
        given: formatPoints(givenCentipoints),
        taken: formatPoints(takenCentipoints),
        spent: formatPoints(exchangedCentipoints),
        closing: formatPoints(record.totals.closingCentipoints),
      }),
      size: 32,
    },
  ]);
}

function partsOf({ content, t, locale }: LongPictureProps) {
  const words = (cell: Cell | undefined, kind: CellKind): string => {
    if (cell === null || cell === undefined) return '';
    if (kind === 'day') return formatDay(String(cell), locale, { today: content.month, short: true });
    return typeof cell === 'number' ? formatCell(cell, kind) : cell;
  };
  return recordParts(content, t).map(({ title, columns, rows, totals }, index) => {
    const inWords = (row: readonly Cell[]) => columns.map(({ kind }, at) => words(row[at], kind));
    return {
      title: t('publication.part.numbered', { number: partNumber(index, locale), title }),
      columns,
      rows: rows.map(inWords),
      ...(totals && { totals: inWords(totals) }),
    };
  });
}

function layOutFoot({ liveUrl, checkpointNote, contentHashHex, t }: LongPictureProps, top: number) {
  const live = stack(top, [
    { words: t('publication.notice.objection'), size: 28 },
    { words: t('publication.notice.live'), size: 32, isBold: true },
  ]);
  const codes: CodeProps[] = [{ x: MARGIN, y: live.end, width: LIVE_CODE, text: liveUrl, level: 'M' }];
  const noteTop = live.end + LIVE_CODE + 20;
  if (checkpointNote !== null) {
    codes.push({ x: MARGIN, y: noteTop, width: NOTE_CODE, text: checkpointNote, level: 'L' });
  }
  const last = stack(noteTop + (checkpointNote === null ? 0 : NOTE_CODE), [
    {
      words: t(checkpointNote === null ? 'publication.notice.unsigned' : 'publication.picture.checkpoint'),
      size: 26,
    },
    { words: t('publication.notice.hash', { hash: contentHashHex }), size: 22, isSoft: true },
  ]);
  return { texts: [...live.texts, ...last.texts], rules: [top], end: Math.ceil(last.end), left: 0, codes };
}
