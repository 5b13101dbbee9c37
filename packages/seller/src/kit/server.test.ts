/** A seller writes five handlers; signatures, forms of both protocols, the client secret and replays are the SDK's (saas-v2.md 7). */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  canonicalPayload,
  encryptClientSecret,
  KIT_PATHS,
  type KitInterface,
  readPublicKey,
  secretSeedBytes,
  signKit,
  signKitTokenV1,
} from '@jishi/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SellerServer } from '../engine.ts';
import { memoryStore } from '../memory-store.ts';
import { refuse } from '../refuse.ts';
import { createKitServer } from './server.ts';

const KEY = 'a-kit-key';
const AT = Date.UTC(2026, 0, 1);
const common = { instanceId: 'inst-1', tenantId: 'tenant-1', testFlag: 0, timeStamp: '20260101080000000' };
const seen: unknown[] = [];
let server: SellerServer;
let publicKey = '';
let privateKey = '';

beforeAll(() => {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 3072,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  ({ publicKey, privateKey } = pair);
  const note = async (call: unknown) => void seen.push(call);
  server = createKitServer({
    accessKey: KEY,
    privateKey,
    store: memoryStore(),
    clock: () => AT,
    handlers: {
      tenant: note,
      application: note,
      users: note,
      department: async () => refuse('000005', 'the table is locked'),
      departments: note,
    },
  });
});

function v2(name: KitInterface, body: Parameters<typeof canonicalPayload>[0], nonce = randomBytes(8).toString('hex')) {
  const payload = canonicalPayload({ ...common, ...body });
  const timestamp = String(AT);
  const { signature } = signKit({ accessKey: KEY, payload, timestamp, nonce });
  const headers = {
    'content-type': 'application/json',
    'x-sign': signature,
    'x-timestamp': timestamp,
    'x-nonce': nonce,
  };
  return new Request(`https://seller.example.com${KIT_PATHS[name]}`, { method: 'POST', headers, body: payload });
}
const answerTo = async (request: Request) => (await server.fetch(request)).json();
const OK = { resultCode: '000000', resultMsg: 'success.' };

describe('the kit server', () => {
  it('gives handlers the facts of a tenant, and departments with null at the top', async () => {
    const tenant = {
      orderId: 'CS1',
      tenantCode: 'acme',
      name: 'Acme',
      domainName: 'https://acme.example.com',
      flag: 1,
    };
    expect(await answerTo(v2('tenantSync', tenant))).toEqual(OK);
    expect(seen.at(-1)).toMatchObject({ action: 'add', tenantCode: 'acme', test: false });
    const orgInfoList = [{ orgCode: '1', orgName: 'All', parentCode: '' }];
    expect(await answerTo(v2('allOrgSync', { orgInfoList }))).toEqual(OK);
    expect(seen.at(-1)).toMatchObject({ departments: [{ code: '1', name: 'All', parentCode: null }] });
  });

  it('decrypts the client secret, and refuses with 000101 what it cannot (4.4)', async () => {
    const read = readPublicKey(publicKey);
    if (!read.ok) throw new Error('the key is right');
    const seed = randomBytes(secretSeedBytes('SHA-256/MGF1-SHA-256'));
    const clientSecret = encryptClientSecret('s3cret', read.key, 'SHA-256/MGF1-SHA-256', seed);
    const application = { appId: 'app-1', clientId: 'cli-1', clientSecret, flag: 1 };
    expect(await answerTo(v2('applicationSync', application))).toEqual(OK);
    expect(seen.at(-1)).toMatchObject({ clientSecret: 's3cret' });
    expect(await answerTo(v2('applicationSync', { ...application, clientSecret: 'AAAA' }))).toMatchObject({
      resultCode: '000101',
    });
  });

  it('reads users of V2.0 and of V1.0, and signs the answer to V1.0', async () => {
    const user = {
      userName: 'lee01',
      name: 'Kim Lee',
      orgCode: '10000',
      role: 'admin',
      enable: 'true',
      email: 'lee@acme.example',
    };
    const users = { appId: 'app-1', currentSyncTime: common.timeStamp };
    expect(await answerTo(v2('authSync', { ...users, userList: [user], flag: 3 }))).toEqual(OK);
    const facts = {
      userName: 'lee01',
      departmentCode: '10000',
      role: 'admin',
      enabled: true,
      email: 'lee@acme.example',
    };
    expect(seen.at(-1)).toMatchObject({ action: 'withdraw', users: [facts] });
    const body = JSON.stringify({ ...common, ...users, userList: JSON.stringify([user]), flag: 0 });
    const { authToken } = signKitTokenV1(body, KEY);
    const headers = { 'content-type': 'application/json', authToken };
    const response = await server.fetch(
      new Request('https://seller.example.com/produceAPI/authSync', { method: 'POST', headers, body }),
    );
    expect(await response.json()).toEqual(OK);
    expect(response.headers.get('Body-Sign')).toContain('HMAC-SHA256');
    expect(seen.at(-1)).toMatchObject({ action: 'delete', users: [facts] });
  });

  it('turns away a wrong signature, a replay and a malformed body before any handler', async () => {
    const before = seen.length;
    const forged = v2('authSync', {});
    forged.headers.set('x-sign', '0'.repeat(64));
    expect(await answerTo(forged)).toMatchObject({ resultCode: '000001' });
    expect(await answerTo(v2('tenantSync', { flag: 1 }))).toMatchObject({ resultCode: '000002' });
    const all = { orgInfoList: [] };
    expect(await answerTo(v2('allOrgSync', all, 'once'))).toEqual(OK);
    expect(await answerTo(v2('allOrgSync', all, 'once'))).toMatchObject({ resultCode: '000001' });
    expect(seen).toHaveLength(before + 1);
  });

  it('answers with the code that a handler refuses with', async () => {
    const department = { orgCode: '1', orgName: 'All', parentCode: '', flag: 1 };
    expect(await answerTo(v2('singleOrgSync', department))).toEqual({
      resultCode: '000005',
      resultMsg: 'the table is locked',
    });
  });

  it('refuses to be made with something else than a private key of 3072 bits', () => {
    const options = {
      accessKey: KEY,
      store: memoryStore(),
      handlers: {
        tenant: async () => {},
        application: async () => {},
        users: async () => {},
        department: async () => {},
        departments: async () => {},
      },
    };
    expect(() => createKitServer({ ...options, privateKey: publicKey })).toThrow(/privateKey/);
  });
});
