import { create } from 'qrcode';

/** A QR code as one SVG path on a grid of `size` × `size` squares, its quiet zone included. */
export interface QrPath {
  readonly size: number;
  readonly path: string;
}

/** what readers need around the code (ISO/IEC 18004) */
const quietZone = 4;

/** Medium correction: 15 % of the picture may be dirty, enough for a screen and a print. */
export function qrPath(text: string): QrPath {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const runs: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    let start: number | null = null;
    // one step beyond the edge closes the last run
    for (let column = 0; column <= modules.size; column += 1) {
      const dark = column < modules.size && modules.get(row, column) === 1;
      if (dark) start ??= column;
      else if (start !== null) {
        runs.push(`M${start + quietZone} ${row + quietZone}h${column - start}v1h-${column - start}z`);
        start = null;
      }
    }
  }
  return { size: modules.size + 2 * quietZone, path: runs.join('') };
}
