import { encode } from 'uqr';

type QrCodeProps = {
  /** An address in capital letters stays small (alphanumeric mode). */
  text: string;
  /** What a reader gets by scanning it, for those who cannot see it. */
  label: string;
  /** M for cards that get scratched, L for long texts on paper. */
  level?: 'L' | 'M' | undefined;
};

/** A QR code as one SVG path of whole squares, with the quiet zone that scanners need. */
export function QrCode({ text, label, level = 'M' }: QrCodeProps) {
  const { size, path } = qrPath(text, level);
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path class="qr-ground" d={`M0 0h${size}v${size}H0z`} fill="#fff" />
      <path class="qr-ink" d={path} fill="#000" />
    </svg>
  );
}

/** The dark squares, and how many there are in a row with the quiet zone. */
export function qrPath(text: string, level: 'L' | 'M'): { size: number; path: string } {
  const { data, size } = encode(text, { ecc: level, border: 4 });
  return { size, path: pathOf(data) };
}

/** One stroke for each run of dark squares in a row. */
function pathOf(rows: boolean[][]): string {
  let path = '';
  rows.forEach((row, y) => {
    let start = -1;
    for (let x = 0; x <= row.length; x += 1) {
      if (row[x] && start < 0) start = x;
      if (!row[x] && start >= 0) {
        path += `M${start} ${y}h${x - start}v1H${start}z`;
        start = -1;
      }
    }
  });
  return path;
}
