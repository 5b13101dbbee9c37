import { create } from 'qrcode';
import { describe, expect, it } from 'vitest';
import { qrPath } from './qr-path.ts';

describe('a QR code as a path', () => {
  const link = 'https://market.example/offers/3f0c9d2e5b6a4c1d8e7f9a0b1c2d3e4f';

  it('has a quiet zone of four squares and covers exactly the dark squares', () => {
    const { size, path } = qrPath(link);
    const { modules } = create(link, { errorCorrectionLevel: 'M' });
    expect(size).toBe(modules.size + 8);
    const covered = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)].map(([, x, y, width]) => ({
      x: Number(x),
      y: Number(y),
      width: Number(width),
    }));
    const dark = Array.from(modules.data).reduce((sum: number, one) => sum + (one === 0 ? 0 : 1), 0);
    expect(covered.reduce((sum, { width }) => sum + width, 0)).toBe(dark);
    expect(Math.min(...covered.map(({ x }) => x))).toBe(4);
    for (const { x, y } of covered) expect(modules.get(y - 4, x - 4)).toBe(1);
  });

  it('differs for another link', () => {
    expect(qrPath(link).path).not.toBe(qrPath(`${link}0`).path);
  });
});
