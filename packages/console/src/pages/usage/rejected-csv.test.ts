import { expect, it } from 'vitest';
import { rejectionsCsv } from './rejected-csv.ts';

it('rejected records as CSV: quoted, in UTF-8, and no cell is a formula', () => {
  const text = rejectionsCsv([
    {
      rejectionId: 1,
      receivedAt: '2026-01-05T02:00:00.000Z',
      requestId: 'r1',
      instanceId: '=cmd()',
      meteringSn: '云,1',
      code: '003',
      meaning: 'usage wrong',
      record: '{"usage_value":"-1"}',
    },
  ]);
  expect(text.startsWith('\ufeffreceived_at,')).toBe(true);
  expect(text.split('\r\n')[1]).toBe(
    `2026-01-05T02:00:00.000Z,r1,'=cmd(),"云,1",003,usage wrong,"{""usage_value"":""-1""}"`,
  );
});
