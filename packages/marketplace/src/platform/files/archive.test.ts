/** What an archive unpacks to is counted without being kept; bombs of every kind end the work at once. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArchiveLimits, inspectArchive, type Packing } from './archive.ts';
import { blanks, bombOf, nested, tarGzOf, tarOf, zipOf } from './archives.test-support.ts';

const limits: ArchiveLimits = { entries: 50, bytes: 64 * 1_048_576, ratio: 100, depth: 3 };
const text = Buffer.from('a licence text, which is what people pack');
const folder: string[] = [];
beforeAll(async () => {
  folder.push(await mkdtemp(join(tmpdir(), 'jishi-archives-')));
});
afterAll(() => Promise.all(folder.map((dir) => rm(dir, { recursive: true }))));

async function inspect(content: Buffer, kind: Packing = 'zip') {
  const path = join(folder[0] ?? '', 'archive');
  await writeFile(path, content);
  const found = await inspectArchive({ path, size: content.length, kind }, limits, `${path}.inner`);
  expect(await readdir(folder[0] ?? '')).toEqual(['archive']);
  return found;
}

describe('an archive', () => {
  it('L18: zip, tar and tar.gz are looked through, archives inside archives too', async () => {
    const inner = zipOf([{ name: 'b.txt', content: text }]);
    expect(
      await inspect(
        zipOf([
          { name: 'a/', content: Buffer.alloc(0) },
          { name: 'a/inner.zip', content: inner },
        ]),
      ),
    ).toEqual({
      entries: 3,
      bytes: inner.length + text.length,
      names: new Set(['a/', 'a/inner.zip']),
    });
    const entries = [
      { name: 'bin/run', content: text },
      { name: 'readme', content: blanks(1) },
    ];
    for (const [kind, content] of [
      ['tar', tarOf(entries)],
      ['tar.gz', tarGzOf(entries)],
    ] as const)
      expect(await inspect(content, kind)).toMatchObject({ entries: 2, names: new Set(['bin/run', 'readme']) });
  });

  it.each([
    ['flat: one entry of blanks', bombOf(40), 'zip'],
    ['nested: the blanks three levels down', nested(3, bombOf(40)), 'zip'],
    ['nested deeper than anybody packs', nested(5, text), 'zip'],
    ['many entries', zipOf(Array.from({ length: 51 }, (_, at) => ({ name: `${at}.txt`, content: text }))), 'zip'],
    ['a gzip of blanks inside a zip', zipOf([{ name: 'a.gz', content: gzipSync(blanks(40)) }]), 'zip'],
    ['a tar.gz of blanks', tarGzOf([{ name: 'a', content: blanks(40) }]), 'tar.gz'],
    ['a gzip of blanks', gzipSync(blanks(40)), 'gz'],
    ['many entries of a tar', tarOf(Array.from({ length: 51 }, (_, at) => ({ name: `${at}`, content: text }))), 'tar'],
  ] as const)('zip bomb, %s', async (_, content, kind) => {
    expect(await inspect(content, kind)).toBe('BOMB');
  });

  it.each([
    ['says less than it unpacks to', zipOf([{ name: 'a', content: blanks(20), declaredSize: 10 }]), 'zip'],
    ['is cut off', bombOf(1).subarray(0, 500), 'zip'],
    ['is encrypted', zipOf([{ name: 'a', content: text, encrypted: true }]), 'zip'],
    ['is no tar', Buffer.alloc(2048, 'x'), 'tar'],
    ['is a broken gzip', gzipSync(blanks(1)).subarray(0, 300), 'tar.gz'],
  ] as const)('that %s can not be looked through', async (_, content, kind) => {
    expect(await inspect(content, kind)).toBe('UNREADABLE');
  });

  it.each(['../escape', '/etc/passwd', 'a/../../b', 'C:\\windows\\x'])(
    'path names: %s leads out of its folder',
    async (name) => {
      expect(await inspect(zipOf([{ name, content: text }]))).toBe('UNSAFE');
      expect(await inspect(tarGzOf([{ name, content: text }]), 'tar.gz')).toBe('UNSAFE');
    },
  );

  it('path names: long ones of a tar stand in an entry of their own', async () => {
    const long = `${'folder/'.repeat(20)}file`;
    const gnu = (name: string) => [
      { name: '././@LongLink', type: 'L', content: Buffer.from(`${name}\0`) },
      { name: name.slice(0, 100), content: text },
    ];
    expect(await inspect(tarOf(gnu(long)), 'tar')).toMatchObject({ names: new Set([long]) });
    expect(await inspect(tarOf(gnu(`${long}/../../../${'../'.repeat(30)}x`)), 'tar')).toBe('UNSAFE');
    const record = `${' path=../x\n'.length + 2} path=../x\n`;
    const posix = [
      { name: 'pax', type: 'x', content: Buffer.from(record) },
      { name: 'x', content: text },
    ];
    expect(await inspect(tarOf(posix), 'tar')).toBe('UNSAFE');
  });
});
