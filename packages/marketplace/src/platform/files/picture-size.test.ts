import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gifOf, jpegOf, PDF, pngOf } from './archives.test-support.ts';
import { pictureSize } from './picture-size.ts';

it.each([
  ['PNG', pngOf(120, 120), { width: 120, height: 120 }],
  ['GIF', gifOf(800, 600), { width: 800, height: 600 }],
  ['JPEG', jpegOf(1200, 900), { width: 1200, height: 900 }],
  ['JPEG behind long metadata', jpegOf(1200, 900, 60_000), { width: 1200, height: 900 }],
  ['a cut-off JPEG', jpegOf(1200, 900).subarray(0, 20), null],
  ['no picture', PDF, null],
  ['nothing', Buffer.alloc(0), null],
])('12.1: dimensions of %s', (_, content, size) => {
  expect(pictureSize(content)).toEqual(size);
});

it('12.1: whatever comes, it is read to its end and no further', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('ffd8', '47494638', '89504e47', ''),
      fc.uint8Array({ maxLength: 300 }),
      (start, bytes) => {
        pictureSize(Buffer.concat([Buffer.from(start, 'hex'), bytes]));
      },
    ),
  );
});
