import type { FileRulesView } from '@jishi/marketplace/console-api';
import { describe, expect, it } from 'vitest';
import { acceptOf, earlyFault, kindNames } from './file-rules.ts';

const rules: FileRulesView = {
  purpose: 'PACKAGE',
  kinds: ['zip', 'tar', 'tar.gz'],
  maximumBytes: 100,
  picture: null,
};

describe('before a file is sent', () => {
  it.each([
    ['app.zip', 100, null],
    ['APP.TGZ', 1, null],
    ['app.tar.gz', 1, null],
    ['app.gz', 1, 'FILE_TYPE'],
    ['app.exe', 1, 'FILE_TYPE'],
    ['app.zip', 101, 'FILE_TOO_LARGE'],
    ['app.zip', 0, 'FILE_EMPTY'],
  ] as const)('%s of %i bytes: %s', (name, size, fault) => {
    expect(earlyFault(rules, { name, size })).toBe(fault);
  });

  it('any name will do where any content will', () => {
    const any: FileRulesView = { ...rules, kinds: ['zip', 'other'] };
    expect(earlyFault(any, { name: 'readings.csv', size: 1 })).toBeNull();
    expect(acceptOf(any)).toBe('');
  });

  it('the chooser and the sentence name the same kinds', () => {
    expect([acceptOf(rules), kindNames(rules)]).toEqual(['.zip,.tar,.tar.gz,.tgz', 'ZIP, TAR, tar.gz']);
  });
});
