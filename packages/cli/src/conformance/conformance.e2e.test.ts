/** The built command against real servers: the demo seller is right and done with in seconds, a private authority is taken. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemoSeller } from '@jishi/demo-seller';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureBuilt, jishi } from '../../../../tests/support/jishi.ts';
import { makeCertificate } from '../../../conformance/src/certificate.test-support.ts';

const KEY = 'demo-access-key-0001';
/** issue 5: a full run against the demo seller takes at most this long */
const MOST_MS = 10_000;

let folder = '';
beforeAll(async () => {
  ensureBuilt();
  folder = await mkdtemp(join(tmpdir(), 'conformance-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('finds nothing wrong with the demo seller, within 10 seconds', async () => {
  const openApi = { baseUrl: 'http://127.0.0.1:9', ak: 'AK', sk: 'SK', allowHttp: true };
  const demo = await startDemoSeller({ port: 0, accessKey: KEY, openApi });
  try {
    const html = join(folder, 'report.html');
    const line = ['conformance', demo.productionUrl, '--protocol', 'saas-v2', '--json', '--html', html];
    const began = performance.now();
    const run = jishi(line, { JISHI_ACCESS_KEY: KEY });
    const code = await run.ended;
    const tookMs = performance.now() - began;
    const report = JSON.parse(run.stdout());
    expect(report.causes.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
    expect(code).toBe(0);
    expect(report.passed).toBeGreaterThan(30);
    expect(tookMs).toBeLessThan(MOST_MS);
    expect(run.stdout() + run.stderr() + (await readFile(html, 'utf8'))).not.toContain(KEY);
  } finally {
    await demo.close();
  }
});

it('explains an unknown authority, and takes one from NODE_EXTRA_CA_CERTS', async () => {
  const authority = makeCertificate({ name: 'Test Authority' });
  const leaf = makeCertificate({ name: 'localhost', hosts: ['localhost'], issuer: authority });
  const file = join(folder, 'authority.pem');
  await writeFile(file, authority.cert);
  const server = createServer(leaf, (_, response) => response.end('{}'));
  await new Promise<void>((done) => server.listen(0, done));
  const address = server.address();
  const url = `https://localhost:${typeof address === 'object' ? address?.port : 0}/produce`;
  const line = ['conformance', url, '--protocol', 'saas-v2', '--case', 'signature.accepted', '--json'];
  const codesOf = async (env: Readonly<Record<string, string>>) => {
    const run = jishi(line, { JISHI_ACCESS_KEY: KEY, ...env });
    await run.ended;
    return JSON.parse(run.stdout()).causes.map(({ code }: { code: string }) => code);
  };
  try {
    const [unknown, known] = await Promise.all([codesOf({}), codesOf({ NODE_EXTRA_CA_CERTS: file })]);
    expect(unknown).toEqual(['transport.tls']);
    expect(known).not.toContain('transport.tls');
    expect(known).toContain('body.result-code-missing');
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
