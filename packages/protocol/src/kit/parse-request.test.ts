import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeKitRequest, parseKitRequest } from './parse-request.ts';
import { KIT_INTERFACES, KIT_PATHS, kitInterfaceOf } from './paths.ts';
import { kitTime, parseKitTime } from './time.ts';

/** The examples of saas-v2.md 7 are read; V1.0's forms and those of printed examples too, with a warning; the rest is refused. */

const tenantId = '8d3c0b6f5f0d4e2f9a77d1c2b3a49586';
const stamp = { testFlag: 0, timeStamp: '20260101080000000' } as const;
const user = { userName: 'lee01', name: 'Kim Lee', orgCode: '10000', role: 'admin', enable: 'true' } as const;

const EXAMPLES = {
  tenantSync: {
    instanceId: 'inst-7f3a',
    orderId: 'CS2601010000TESTA',
    tenantId,
    tenantCode: 'acme',
    name: 'Acme GmbH',
    domainName: 'https://acme.example.com',
    flag: 1,
    ...stamp,
  },
  applicationSync: {
    instanceId: 'inst-7f3a',
    tenantId,
    appId: 'app-2041',
    clientId: 'cli-77',
    clientSecret: 'c2VjcmV0',
    flag: 1,
    ...stamp,
  },
  authSync: {
    instanceId: 'inst-7f3a',
    tenantId,
    appId: 'app-2041',
    userList: [{ ...user, email: 'lee@acme.example' }],
    currentSyncTime: '20260101090000000',
    flag: 3,
    ...stamp,
  },
  singleOrgSync: {
    instanceId: 'inst-7f3a',
    tenantId,
    orgCode: '10000',
    orgName: 'Development',
    parentCode: '',
    flag: 1,
    ...stamp,
  },
  allOrgSync: {
    instanceId: 'inst-7f3a',
    tenantId,
    orgInfoList: [
      { orgCode: '10000', orgName: 'Development', parentCode: '' },
      { orgCode: '10001', orgName: 'Test', parentCode: '10000' },
    ],
    ...stamp,
  },
} as const;

describe('a kit request', () => {
  it.each(KIT_INTERFACES)('%s is read as printed, without a warning', (kit) => {
    const read = parse(kit, EXAMPLES[kit]);
    expect(read).toMatchObject({ ok: true, interface: kit, request: EXAMPLES[kit], diagnosis: [] });
  });

  it.each(KIT_INTERFACES)('%s is sent sorted and compact, and comes back the same', (kit) => {
    const read = parse(kit, EXAMPLES[kit]);
    if (!read.ok) throw new Error(kit);
    const text = encodeKitRequest(read.request);
    expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(EXAMPLES[kit]).sort());
    expect(parseKitRequest(`/shop${KIT_PATHS[kit]}`, text)).toMatchObject({ ok: true, request: read.request });
  });

  it('may have empty ids, or none at all, while a credential is applied for', () => {
    const { instanceId, orderId, ...rest } = EXAMPLES.tenantSync;
    for (const ids of [{ instanceId: '', orderId: '' }, { instanceId: null }, {}])
      expect(parse('tenantSync', { ...rest, ...ids })).toMatchObject({
        ok: true,
        request: { instanceId: '', orderId: '' },
        diagnosis: [],
      });
    expect([instanceId, orderId]).not.toContain('');
  });

  it('may have members nobody knows, and null for optional ones', () => {
    const body = { ...EXAMPLES.singleOrgSync, parentCode: null, more: { a: 1 } };
    const read = parse('singleOrgSync', body);
    expect(read).toMatchObject({ ok: true, request: { parentCode: null } });
    expect(read.ok && read.request).not.toHaveProperty('more');
  });
});

describe('tolerated forms', () => {
  it('userList as a JSON string, V1.0’s extension, booleans and integers in the other type', () => {
    const extension = { entryDate: '2026-01-5', employeeType: '2', workPlace: 'Lab', accountSet: 'A' };
    const userList = JSON.stringify([{ ...user, enable: true, extension }]);
    const read = parse('authSync', { ...EXAMPLES.authSync, userList, flag: '2', testFlag: '1' });
    expect(read).toMatchObject({
      ok: true,
      request: {
        flag: 2,
        testFlag: 1,
        userList: [
          {
            ...user,
            enable: 'true',
            entryDate: '2026-01-5',
            employeeType: 2,
            workPlace: 'Lab',
            extension: { accountSet: 'A' },
          },
        ],
      },
    });
    expect(membersOf(read)).toEqual([
      'flag',
      'testFlag',
      'userList',
      'userList[0].entryDate',
      'userList[0].employeeType',
      'userList[0].workPlace',
      'userList[0].employeeType',
      'userList[0].enable',
    ]);
    expect(read.diagnosis.every(({ severity }) => severity === 'warning')).toBe(true);
  });

  it.each(['name', 'OrgName'])('V1.0’s orgInfo, and %s for orgName, and a flag that is ignored', (name) => {
    const { orgInfoList, ...rest } = EXAMPLES.allOrgSync;
    const orgInfo = JSON.stringify([{ orgCode: '1', [name]: 'Top' }]);
    const read = parse('allOrgSync', { ...rest, orgInfo, flag: 9 }, '/produceAPI/allOrgSync');
    expect(read).toMatchObject({ ok: true, request: { orgInfoList: [{ orgCode: '1', orgName: 'Top' }] } });
    expect(read.ok && read.request).not.toHaveProperty('flag');
    expect(membersOf(read)).toEqual(['orgInfoList', 'orgInfoList', 'orgInfoList[0].orgName']);
    expect(orgInfoList).toHaveLength(2);
  });
});

describe('a refused request is 000002 and names the member', () => {
  const users = (count: number) => ({ ...EXAMPLES.authSync, userList: Array(count).fill(user) });
  it('takes 500 users, not 501', () => {
    expect(parse('authSync', users(500)).ok).toBe(true);
    expect(parse('authSync', users(501))).toMatchObject({ ok: false, diagnosis: [{ code: 'body.member-length' }] });
  });

  it.each<[(typeof KIT_INTERFACES)[number], object, string]>([
    ['tenantSync', { tenantId: '' }, 'tenantId'],
    ['tenantSync', { tenantCode: 'x'.repeat(65) }, 'tenantCode'],
    ['tenantSync', { name: 'x'.repeat(256) }, 'name'],
    ['tenantSync', { flag: 3 }, 'flag'],
    ['tenantSync', { testFlag: 2 }, 'testFlag'],
    ['tenantSync', { timeStamp: '2026-01-01 08:00' }, 'timeStamp'],
    ['applicationSync', { clientSecret: '' }, 'clientSecret'],
    ['authSync', { flag: 4 }, 'flag'],
    ['authSync', { userList: '{"not":"a list"}' }, 'userList'],
    ['authSync', { userList: [7] }, 'userList[0]'],
    ['authSync', { userList: [{ ...user, role: 'root' }] }, 'userList[0].role'],
    ['authSync', { userList: [{ ...user, userName: null }] }, 'userList[0].userName'],
    ['authSync', { currentSyncTime: '20261301000000000' }, 'currentSyncTime'],
    ['singleOrgSync', { orgName: 'x'.repeat(129) }, 'orgName'],
    ['singleOrgSync', { flag: 3 }, 'flag'],
    ['allOrgSync', { orgInfoList: '[{orgCode:10000}]' }, 'orgInfoList'],
    ['allOrgSync', { orgInfoList: [{ orgCode: '1' }] }, 'orgInfoList[0].orgName'],
  ])('%s with %j', (kit, change, member) => {
    const refused = parse(kit, { ...EXAMPLES[kit], ...change });
    expect(refused).toMatchObject({ ok: false, resultCode: '000002' });
    expect(refused.diagnosis[0]?.summary.en).toContain(member);
  });

  it.each(['/saasproduce', '/produceAPI/v2/other', '/produceAPI/v3/tenantSync'])('path %s', (path) => {
    expect(parseKitRequest(path, '{}')).toMatchObject({ ok: false, resultCode: '000002' });
  });

  it.each(['', '[]', '{', '<html>'])('body %j', (body) => {
    expect(parseKitRequest(KIT_PATHS.tenantSync, body)).toMatchObject({
      ok: false,
      diagnosis: [{ severity: 'error' }],
    });
  });

  it('never throws, whatever comes', () => {
    const property = fc.property(fc.constantFrom(...KIT_INTERFACES), fc.json(), fc.json(), (kit, list, text) => {
      const body = { ...EXAMPLES[kit], userList: JSON.parse(list), orgInfoList: JSON.parse(text), flag: text };
      expect(parse(kit, body).diagnosis.length).toBeLessThanOrEqual(20);
    });
    fc.assert(property, { numRuns: 200 });
  });
});

describe('names and times', () => {
  it('an interface is known by the end of its path, in both versions', () => {
    expect(kitInterfaceOf('/a/b/produceAPI/v2/authSync/')).toBe('authSync');
    expect(kitInterfaceOf('/produceAPI/authSync')).toBe('authSync');
    expect(kitInterfaceOf('/produceAPI/v2/authSync/x')).toBeNull();
  });

  it('kit time is Beijing time, both ways', () => {
    expect(kitTime(new Date('2025-12-31T20:30:15.007Z'))).toBe('20260101043015007');
    expect(parseKitTime('20260101043015')?.toISOString()).toBe('2025-12-31T20:30:15.000Z');
    expect(parseKitTime('20260230000000000')).toBeNull();
    const instant = fc.date({ min: new Date('1970-01-02'), max: new Date('9999-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, (at) => {
        expect(parseKitTime(kitTime(at))).toEqual(at);
      }),
    );
  });
});

function parse(kit: (typeof KIT_INTERFACES)[number], body: object, path: string = KIT_PATHS[kit]) {
  return parseKitRequest(path, JSON.stringify(body));
}

function membersOf(read: ReturnType<typeof parse>): (string | undefined)[] {
  return read.diagnosis.map(({ summary }) => /member (\S+)/.exec(summary.en)?.[1]);
}
