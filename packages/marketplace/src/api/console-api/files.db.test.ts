/** Files from the upload to the last reader: what is refused and why, whom a link opens what, what a crash leaves. */
import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ConsoleClient, clientAs, consoleClient } from '../../../../../tests/support/console-client.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { csrfToken, type Role } from '../../directory/index.ts';
import { tokenHash } from '../../directory/service.ts';
import { insertSession } from '../../directory/store.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { inTransaction } from '../../platform/database/database.ts';
import {
  bombOf,
  gifOf,
  jpegOf,
  nested,
  PDF,
  pngOf,
  tarGzOf,
  zipOf,
} from '../../platform/files/archives.test-support.ts';
import {
  claimFile,
  type FilePurpose,
  fileById,
  fileLink,
  forgetUnclaimed,
  keepFile,
  publishFiles,
  UNCLAIMED_DAYS,
} from '../../platform/files/index.ts';
import { createSellers } from '../../testing/index.ts';
import { createApp, listen } from '../app.ts';
import { keptFile } from './file-schemas.ts';

const world = sharedWorld();
const made: ReturnType<typeof createApp>[] = [];
beforeAll(() => {
  const { platform } = world();
  made.push(createApp({ platform, caller: createCaller(platform) }));
});
const fetchIt = async (path: string, init: RequestInit = {}): Promise<Response> => {
  const [app] = made;
  if (!app) throw new Error('the application exists inside tests only');
  return app.fetch(new Request(`http://jishi.test/api${path}`, init));
};
const app = { fetch: (asked: Request, env?: object) => made[0]?.fetch(asked, env) ?? Response.error() };
const as = (role: Role, owner: { sellerId?: string; buyerId?: string } = {}) =>
  clientAs(world().platform, app, role, owner);

interface SendMore {
  readonly name?: string;
  readonly sha256?: string;
}
async function sendAs(
  { token }: ConsoleClient,
  purpose: FilePurpose,
  body: Uint8Array<ArrayBuffer>,
  { name = 'file.bin', ...more }: SendMore = {},
): Promise<Response> {
  const headers = { cookie: `jishi_session=${token}`, 'x-csrf-token': csrfToken(token) };
  return fetchIt(`/console/files?${new URLSearchParams({ purpose, name, ...more })}`, {
    method: 'POST',
    headers,
    body,
  });
}

const seller = () => as('SO', { sellerId: world().demo.sellerId });
const buyer = () => as('BO', { buyerId: world().demo.buyerId });
const codeOf = async (answer: Response): Promise<string> =>
  z.object({ code: z.string() }).parse(await answer.json()).code;
const bytes = (content: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(content);
const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
const kept = async (answer: Response) => keptFile.parse(await answer.json());

/** All files on disk, notes included. */
async function onDisk(): Promise<string[]> {
  const { dir } = world().platform.config.files;
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('sending a file', () => {
  it('gives back what was kept, and the same bytes come out again, whole or in part', async () => {
    const person = await seller();
    const content = bytes(Buffer.concat([PDF, randomBytes(200_000)]));
    const answer = await sendAs(person, 'TEMPLATE', content, { name: '交付模板.pdf', sha256: sha256(content) });
    expect(answer.status).toBe(201);
    const file = await kept(answer);
    expect(file).toEqual({
      fileId: file.fileId,
      name: '交付模板.pdf',
      size: content.length,
      sha256: sha256(content),
      mediaType: 'application/pdf',
    });
    const path = `/console/files/${file.fileId}`;
    const whole = await person.get(path);
    expect(Buffer.from(await whole.arrayBuffer()).equals(content)).toBe(true);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="____.pdf"; filename*=UTF-8''${encodeURIComponent('交付模板')}.pdf`,
      'x-content-type-options': 'nosniff',
      'content-length': String(content.length),
    });
    const part = await fetchIt(path, { headers: { cookie: `jishi_session=${person.token}`, range: 'bytes=10-19' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${content.length}`]);
    expect(Buffer.from(await part.arrayBuffer()).equals(content.subarray(10, 20))).toBe(true);
  });

  it.each<[rule: string, purpose: FilePurpose, content: Uint8Array, name: string, code: string]>([
    ['12.1: a logo is a picture, whatever its name', 'LOGO', PDF, 'logo.png', 'FILE_TYPE'],
    ['12.1: a logo is 120 × 120', 'LOGO', pngOf(121, 120), 'logo.png', 'FILE_PICTURE_SIZE'],
    ['12.1: a main picture is 800 × 600', 'PICTURE', gifOf(600, 800), 'a.gif', 'FILE_PICTURE_SIZE'],
    [
      '12.1: a description picture is 900 to 1200 wide',
      'DESCRIPTION_PICTURE',
      jpegOf(899, 800),
      'a.jpg',
      'FILE_PICTURE_SIZE',
    ],
    ['12.1: and at least 800 high', 'DESCRIPTION_PICTURE', jpegOf(1000, 799), 'a.jpg', 'FILE_PICTURE_SIZE'],
    ['12.1: no GIF there', 'DESCRIPTION_PICTURE', gifOf(1000, 900), 'a.gif', 'FILE_TYPE'],
    [
      '12.1: a picture ≤ 5 MB',
      'PICTURE',
      Buffer.concat([gifOf(800, 600), Buffer.alloc(5 * 1_048_576)]),
      'a.gif',
      'FILE_TOO_LARGE',
    ],
    ['12.1: a certificate is no spreadsheet', 'CERTIFICATE', xlsx(), 'a.xlsx', 'FILE_TYPE'],
    [
      'C60: a template ≤ 20 MB',
      'TEMPLATE',
      Buffer.concat([PDF, Buffer.alloc(20 * 1_048_576)]),
      'a.pdf',
      'FILE_TOO_LARGE',
    ],
    ['C60: a template is a document', 'TEMPLATE', pngOf(120, 120), 'a.pdf', 'FILE_TYPE'],
    ['L18: a package is zip, tar or tar.gz', 'PACKAGE', PDF, 'app.zip', 'FILE_TYPE'],
    ['C60: zip bomb, flat', 'TEMPLATE', bombOf(40), 'a.zip', 'FILE_ARCHIVE_BOMB'],
    ['L18: zip bomb, nested', 'PACKAGE', nested(2, bombOf(40)), 'a.zip', 'FILE_ARCHIVE_BOMB'],
    ['L18: path names', 'PACKAGE', tarGzOf([{ name: '../../x', content: PDF }]), 'a.tgz', 'FILE_ARCHIVE_UNSAFE'],
    [
      'C60: a damaged zip',
      'TEMPLATE',
      zipOf([{ name: 'a', content: PDF }]).subarray(0, 60),
      'a.zip',
      'FILE_ARCHIVE_UNREADABLE',
    ],
    ['an empty file', 'DATA', Buffer.alloc(0), 'a.csv', 'FILE_EMPTY'],
    ['a program as data', 'DATA', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300)]), 'a.csv', 'FILE_TYPE'],
    ['a name with folders', 'DATA', PDF, '../a.pdf', 'FILE_NAME'],
    ['a name that reads backwards', 'DATA', PDF, 'a‮fdp.exe', 'FILE_NAME'],
  ])('%s', async (_rule, purpose, content, name, code) => {
    const before = await onDisk();
    expect(await codeOf(await sendAs(await seller(), purpose, bytes(content), { name }))).toBe(code);
    expect(await onDisk()).toEqual(before);
  });

  it.each<[rule: string, purpose: FilePurpose, content: Uint8Array, name: string, mediaType: string]>([
    ['12.1: a logo as PNG, in China as JPG too', 'LOGO', jpegOf(120, 120), 'logo.jpeg', 'image/jpeg'],
    ['12.1: a main picture of 800 × 600', 'PICTURE', gifOf(800, 600), 'a.gif', 'image/gif'],
    ['12.1: a long description picture', 'DESCRIPTION_PICTURE', jpegOf(1200, 5000), 'a.jpg', 'image/jpeg'],
    [
      'C60: a spreadsheet as template',
      'TEMPLATE',
      xlsx(),
      'a.xlsx',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    ['L18: a package', 'PACKAGE', tarGzOf([{ name: 'bin/run', content: PDF }]), 'app.tgz', 'application/gzip'],
    ['section 9: any data', 'DATA', Buffer.from('a,b\n1,2\n'), 'a.csv', 'application/octet-stream'],
  ])('%s is kept', async (_rule, purpose, content, name, mediaType) => {
    const file = await kept(await sendAs(await seller(), purpose, bytes(content), { name }));
    expect(file).toMatchObject({ name, mediaType });
  });

  it('a name says what the content is: a PDF called a picture gets its own ending', async () => {
    expect(await kept(await sendAs(await seller(), 'CERTIFICATE', bytes(PDF), { name: 'proof.png' }))).toMatchObject({
      name: 'proof.png.pdf',
    });
  });

  it('a wrong checksum and a truncated upload are refused and leave nothing', async () => {
    const [person, before] = [await seller(), await onDisk()];
    expect(await codeOf(await sendAs(person, 'DATA', bytes(PDF), { sha256: '0'.repeat(64) }))).toBe('FILE_CHECKSUM');
    async function* brokenOff() {
      yield PDF;
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    }
    const { platform, demo } = world();
    const owner = { kind: 'seller' as const, id: demo.sellerId };
    const wanted = { owner, keptBy: person.userId, purpose: 'DATA' as const, name: 'a.csv' };
    for (const content of [brokenOff(), once(PDF)]) {
      const answer = await keepFile(platform, { ...wanted, content, bytes: PDF.length + 1 }, platform.clock.now());
      expect(answer).toMatchObject({ ok: false, refusal: { code: 'FILE_TRUNCATED' } });
    }
    expect(await onDisk()).toEqual(before);
  });

  it('over a real connection: read as it comes, ended where it is too large; a sender who goes away leaves nothing', async () => {
    const [{ token }, before] = [await seller(), await onDisk()];
    const server = await listen(app, '127.0.0.1', 0);
    const post = (content: AsyncIterable<Uint8Array>) =>
      new Promise<number | string>((done) => {
        const headers = { cookie: `jishi_session=${token}`, 'x-csrf-token': csrfToken(token) };
        const path = '/api/console/files?purpose=DESCRIPTION_PICTURE&name=a.jpg';
        const sent = request({ port: server.port, path, method: 'POST', headers }, (answer) => {
          answer.resume();
          done(answer.statusCode ?? 0);
        });
        sent.on('error', (error) => done(error.message));
        pipeline(Readable.from(content), sent, () => undefined);
      });
    async function* pieces(mebibytes: number) {
      yield jpegOf(1000, 900);
      for (let sent = 0; sent < mebibytes; sent += 1) yield Buffer.alloc(1_048_576);
    }
    async function* givenUp() {
      yield* pieces(1);
      throw new Error('given up');
    }
    expect(await post(pieces(3))).toBe(201);
    expect((await onDisk()).length).toBe(before.length + 1);
    expect(await post(pieces(6))).toBe(413);
    await post(givenUp());
    await expect.poll(async () => (await onDisk()).length).toBe(before.length + 1);
    await server.close();
  });

  it('needs a session, its CSRF token and a purpose', async () => {
    const post = (headers: Record<string, string>, query = 'purpose=DATA&name=a') =>
      fetchIt(`/console/files?${query}`, { method: 'POST', headers, body: PDF.toString() });
    const { token } = await seller();
    const cookie = `jishi_session=${token}`;
    expect((await post({})).status).toBe(401);
    expect((await post({ cookie })).status).toBe(403);
    expect((await post({ cookie, 'x-csrf-token': csrfToken(token) }, 'purpose=ANYTHING&name=a')).status).toBe(400);
  });
});

describe('who may have a file', () => {
  it('L21: its tenant; whoever has a link of one’s own, for 24 hours; nobody with a forged, foreign or expired one', async () => {
    const { platform, clock } = world();
    const [owner, colleague] = [await seller(), await seller()];
    const [reader, other, rival] = [await buyer(), await buyer(), await as('SO', { sellerId: await anotherSeller() })];
    const { fileId } = await kept(
      await sendAs(owner, 'LICENCE', bytes(Buffer.from('LICENCE-1')), { name: 'licence.txt' }),
    );
    const plain = `/console/files/${fileId}`;
    expect((await colleague.get(plain)).status).toBe(200);
    for (const stranger of [reader, rival, await as('OM')]) expect((await stranger.get(plain)).status).toBe(404);
    const link = fileLink(platform, fileId, { forUser: reader.userId, now: clock.now() });
    const path = link.url.replace('/api', '');
    expect(await (await reader.get(path)).text()).toBe('LICENCE-1');
    expect((await other.get(path)).status).toBe(404);
    const altered = [
      path.replace(/until=\d+/, 'until=99999999999'),
      path.replace(/.$/, 'x'),
      path.replace('signature', 'sig'),
    ];
    for (const forged of altered) expect((await reader.get(forged)).status).toBe(404);
    clock.moveTo(new Date(link.expiresAt.getTime() - 1000));
    expect((await (await buyer()).get(plain)).status).toBe(404);
    const again = await sessionOf(reader);
    expect((await again.get(path)).status).toBe(200);
    clock.moveTo(link.expiresAt);
    expect(await codeOf(await (await sessionOf(reader)).get(path))).toBe('LINK_EXPIRED');
  });

  it('reviewers see what they review; pictures of products on sale are for everybody, visitors too', async () => {
    const { platform } = world();
    const owner = await seller();
    const certificate = await kept(await sendAs(owner, 'CERTIFICATE', bytes(PDF), { name: 'c.pdf' }));
    const logo = await kept(await sendAs(owner, 'LOGO', bytes(pngOf(120, 120)), { name: 'l.png' }));
    const reviewer = await as('OR');
    expect((await reviewer.get(`/console/files/${certificate.fileId}`)).status).toBe(200);
    const visit = (fileId: string) => fetchIt(`/console/files/${fileId}`);
    expect((await visit(logo.fileId)).status).toBe(401);
    const ids = [logo.fileId, certificate.fileId];
    await inTransaction(platform.db, (tx) => publishFiles(tx, ids));
    expect((await visit(logo.fileId)).status).toBe(200);
    // 12.1: certificates are not shown to buyers
    expect((await visit(certificate.fileId)).status).toBe(401);
  });

  it('a foreign, unknown or otherwise meant file can not be claimed', async () => {
    const { platform, demo } = world();
    const { fileId } = await kept(await sendAs(await seller(), 'TEMPLATE', bytes(PDF), { name: 'c.pdf' }));
    const owner = { kind: 'seller' as const, id: demo.sellerId };
    const claim = (id: string, by: Parameters<typeof claimFile>[2], purpose: FilePurpose) =>
      inTransaction(platform.db, (tx) => claimFile(tx, id, by, purpose));
    expect(await claim(fileId, { ...owner, id: 'another-seller' }, 'TEMPLATE')).toMatchObject({ ok: false });
    expect(await claim(fileId, owner, 'PROOF')).toMatchObject({ ok: false });
    expect(await claim('not-an-id', owner, 'TEMPLATE')).toMatchObject({ ok: false, refusal: { code: 'FILE_UNKNOWN' } });
    expect(await claim(fileId, owner, 'TEMPLATE')).toMatchObject({ ok: true, value: { fileId } });
  });
});

describe('housekeeping', () => {
  it('files that nothing claims go after a week, claimed ones stay', async () => {
    const { platform, clock, demo } = world();
    const [lost, used] = [
      await kept(await sendAs(await seller(), 'TEMPLATE', bytes(PDF), { name: 'a.pdf' })),
      await kept(await sendAs(await seller(), 'TEMPLATE', bytes(PDF), { name: 'b.pdf' })),
    ];
    await inTransaction(platform.db, (tx) =>
      claimFile(tx, used.fileId, { kind: 'seller', id: demo.sellerId }, 'TEMPLATE'),
    );
    const isThere = async (id: string) =>
      [(await fileById(platform.db, id)) !== null, (await onDisk()).some((path) => path.includes(id))] as const;
    await forgetUnclaimed(platform, clock.now(), 100);
    expect(await isThere(lost.fileId)).toEqual([true, true]);
    clock.moveTo(new Date(clock.now().getTime() + (UNCLAIMED_DAYS * 24 + 1) * 3_600_000));
    await forgetUnclaimed(platform, clock.now(), 100);
    expect([await isThere(lost.fileId), await isThere(used.fileId)]).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  it('a crash between file and row, or in the middle of an upload, leaves nothing that is not removed', async () => {
    const { platform, clock, demo } = world();
    const before = await onDisk();
    const wanted = {
      owner: { kind: 'seller', id: demo.sellerId },
      keptBy: 'somebody',
      purpose: 'DATA',
      name: 'a.csv',
    } as const;
    // stops where a killed process would: nothing after it runs
    const reached = new Promise<void>((stopped) => {
      platform.pause.at('files.complete', () => {
        stopped();
        return new Promise(() => undefined);
      });
    });
    void keepFile(platform, { ...wanted, content: once(PDF) }, clock.now());
    await reached;
    const begun = new Promise<void>((stopped) => {
      async function* stuck() {
        yield PDF;
        stopped();
        await new Promise(() => undefined);
      }
      void keepFile(platform, { ...wanted, content: stuck() }, clock.now());
    });
    await begun;
    expect((await onDisk()).length).toBe(before.length + 4);
    await forgetUnclaimed(platform, clock.now(), 100);
    expect((await onDisk()).length).toBe(before.length + 4);
    clock.moveTo(new Date(clock.now().getTime() + 25 * 3_600_000));
    await forgetUnclaimed(platform, clock.now(), 100);
    expect(await onDisk()).toEqual(before);
  });
});

async function anotherSeller(): Promise<string> {
  const [made] = await createSellers(world().platform, ['http://127.0.0.1:1/produce'], 'an-access-key');
  return made?.sellerId ?? '';
}

async function* once(content: Uint8Array) {
  yield content;
}

function xlsx(): Buffer {
  const parts = ['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml'];
  return zipOf(parts.map((name) => ({ name, content: Buffer.from('<xml/>') })));
}

/** The same person, signed in again: a session of this test's clock. */
async function sessionOf(person: ConsoleClient): Promise<ConsoleClient> {
  const { platform, clock } = world();
  const token = `${person.token}-${clock.now().getTime()}`;
  const until = new Date(clock.now().getTime() + 3_600_000);
  await insertSession(platform.db, tokenHash(token), person.userId, clock.now(), until);
  return consoleClient(app, { userId: person.userId, token });
}
