import { describe, expect, it } from 'vitest';
import { infoOf, sourceOf, vulnerabilitiesIn } from './asset-values.ts';

const file = { fileId: 'f', name: 'app.zip', size: 1, sha256: 'a'.repeat(64), mediaType: 'application/zip' };

describe('what the forms of assets say', () => {
  it('L18: vulnerabilities are written one a line', () => {
    expect(vulnerabilitiesIn(' CVE-2026-0001 7.5\n\nCVE-2026-0002   10 ')).toEqual([
      { id: 'CVE-2026-0001', cvss: '7.5' },
      { id: 'CVE-2026-0002', cvss: '10.0' },
    ]);
    expect(vulnerabilitiesIn('')).toEqual([]);
    for (const wrong of ['CVE-2026-0001', 'CVE-2026-0001 11', 'severe', 'CVE-2026-0001 7.55'])
      expect(vulnerabilitiesIn(wrong)).toBeNull();
  });

  it('each kind says its own members and no others', () => {
    const values = { name: 'x', format: 'CSV', groupId: 'g', regionId: 'cn-north-4' };
    expect(infoOf('APPLICATION', values)).toEqual({ kind: 'APPLICATION' });
    expect(infoOf('DATA_FILE', values)).toEqual({ kind: 'DATA_FILE', format: 'CSV' });
    expect(infoOf('API_GROUP', values)).toMatchObject({ groupId: 'g', gateway: 'APIG', authentication: 'APP' });
    expect(sourceOf('APPLICATION', { version: '1' }, file)).toEqual({
      kind: 'APPLICATION',
      fileId: 'f',
      vulnerabilities: [],
    });
    expect(sourceOf('IMAGE', { version: '1', sizeGiB: 1.5, sha256: ` ${'A'.repeat(64)} ` }, null)).toMatchObject({
      sizeBytes: 1_610_612_736,
      sha256: 'a'.repeat(64),
    });
  });
});
