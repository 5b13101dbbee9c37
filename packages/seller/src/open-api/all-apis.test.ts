/** The client of every interface: what it sends verifies from the wire, and what comes back is read (openapi.md 5). */
import { signUsagePush, type UsagePushBody, verifyAkSk, verifyUsagePush } from '@jishi/protocol';
import { describe, expect, it } from 'vitest';
import { createOpenApiClient } from './client.ts';

const KEYS = { ak: 'KOOTESTAK00000000001', sk: 'kooTestSk/+0123456789abcdefghijklmnopqr' };
const ACCESS_KEY = 'koo-demo-access-key-0001';
const NOW = 1_767_225_600_000;
const NONCE = '6c63c221-1f6b-4141-8ff4-22f5dfe82b65';
const USAGE: UsagePushBody = {
  usage_records: [
    {
      usage_value: '12.5',
      instance_id: 'inst-81c2',
      metering_sn: 'sn-0001',
      begin_time: '20260101T070000Z',
      end_time: '20260101T080000Z',
      record_time: '20260101T080500Z',
    },
  ],
};

interface Sent {
  readonly path: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}
function client(answers: readonly object[], change: { accessKey?: string } = { accessKey: ACCESS_KEY }) {
  const sent: Sent[] = [];
  const left = [...answers];
  const api = createOpenApiClient({
    baseUrl: 'https://mkt.myhuaweicloud.com',
    ...KEYS,
    ...change,
    clock: () => NOW,
    nonce: () => NONCE,
    sleep: async () => {},
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      const headers = { ...Object.fromEntries(new Headers(init?.headers)), host: url.host };
      const body = new Uint8Array(await request.arrayBuffer());
      sent.push({ path: url.pathname + url.search, method: request.method, headers, body });
      return Response.json(left.shift() ?? {});
    },
  });
  return { api, sent };
}
const verifies = ({ path, method, headers, body }: Sent) =>
  verifyAkSk({ sk: KEYS.sk, method, rawPath: path, headers, body, nowMs: NOW });

describe('pushUsage', () => {
  it('sends the worked body of 5.2 with both signatures', async () => {
    const { api, sent } = client([{ error_code: 'MKT.0000', error_msg: 'success' }]);
    expect(await api.pushUsage(USAGE)).toEqual({ ok: true, value: [], requestId: null, attempts: 1 });
    const [one] = sent;
    expect(one?.path).toBe('/api/mkp-openapi-public/global/v1/isv/usage-data');
    expect(one?.headers.signature).toBe('5IHtOTMh4VO66lzGYEg7jA4DI/hl4hj3Poe9u3FxRe0=');
    const { headers = {}, body = new Uint8Array() } = one ?? {};
    expect(verifyUsagePush({ accessKeys: [ACCESS_KEY], headers, body, nowMs: NOW })).toMatchObject({ ok: true });
    expect(one && verifies(one)).toEqual({ ok: true });
  });

  it('lists the records that were not taken', async () => {
    const data = [
      { metering_sn: 'sn-0001', instance_id: 'inst-81c2', error_code: '010', error_msg: 'duplicate record' },
    ];
    const { api } = client([{ error_code: '94060999', error_msg: 'Failed', data }]);
    expect(await api.pushUsage(USAGE)).toMatchObject({
      ok: true,
      value: [{ meteringSn: 'sn-0001', instanceId: 'inst-81c2', code: '010', message: 'duplicate record' }],
    });
  });

  it('signs each attempt anew and repeats a system error', async () => {
    let nonces = 0;
    const answers = [
      () => Response.json({ error_code: '94060001' }, { status: 500 }),
      () => Response.json({ error_code: 'MKT.0000' }),
    ];
    const seen: (string | null)[] = [];
    const api = createOpenApiClient({
      ...{ baseUrl: 'https://mkt.myhuaweicloud.com', ...KEYS, accessKey: ACCESS_KEY },
      ...{ clock: () => NOW, sleep: async () => {}, nonce: () => `n${++nonces}` },
      fetch: async (_, init) => {
        const headers = new Headers(init?.headers);
        const [ts, nonce] = [headers.get('ts') ?? '', headers.get('nonce') ?? ''];
        const { signature } = signUsagePush({ accessKey: ACCESS_KEY, ts, nonce, body: String(init?.body) });
        seen.push(headers.get('signature') === signature ? nonce : null);
        return (answers.shift() ?? (() => Response.error()))();
      },
    });
    expect(await api.pushUsage(USAGE)).toMatchObject({ ok: true, attempts: 2 });
    expect(seen).toEqual(['n1', 'n2']);
  });

  it('is not sent without the access key', async () => {
    const { api, sent } = client([], {});
    expect(await api.pushUsage(USAGE)).toMatchObject({ ok: false, code: 'CLIENT.NO_ACCESS_KEY', attempts: 0 });
    expect(sent).toEqual([]);
  });
});

describe('the others', () => {
  it('pushPlainUsage goes to the old path (5.3)', async () => {
    const { api, sent } = client([{ error_code: 'MKT.0000' }]);
    const [record] = USAGE.usage_records;
    const { metering_sn: _, ...plain } = record ?? { metering_sn: '' };
    const body = { usage_records: 'begin_time' in plain ? [{ ...plain, product_id: 'OFFI1' }] : [] };
    expect(await api.pushPlainUsage(body)).toMatchObject({ ok: true, value: null });
    expect(sent.map(({ path }) => path)).toEqual(['/rest/marketplace/v1/isv/usage-data']);
    expect(sent.map(verifies)).toEqual([{ ok: true }]);
  });

  it('activateLicence reads the JSON text inside the answer (5.4)', async () => {
    const text = '{"status":"ALIVE","expire_time":"20230726121646","product_id":"12345","amount":2,"order_id":"CS123"}';
    const { api, sent } = client([
      { error_code: '92020000', error_msg: 'success', data: { license_code_info: text } },
      { error_code: '92020000', error_msg: 'success' },
      { error_code: '92020003', error_msg: 'illegal state' },
      { error_code: '92020000', error_msg: 'success', data: { license_code_info: 'alive' } },
    ]);
    const again = () => api.activateLicence({ license: 'PL1', real_effect_time: '20260101000000' });
    expect(await again()).toMatchObject({ ok: true, value: { status: 'ALIVE', amount: 2 } });
    expect(await again()).toMatchObject({ ok: true, value: null });
    expect(await again()).toMatchObject({ ok: false, kind: 'refused', code: '92020003' });
    expect(await again()).toMatchObject({ ok: false, kind: 'malformed' });
    expect(sent.map(verifies)).toEqual(Array(4).fill({ ok: true }));
  });

  it('batches tell which codes failed', async () => {
    const { api } = client([{ error_code: '92020020', error_msg: 'x', data: { check_fail_list: ['PL2'] } }]);
    expect(await api.activateLicences({ license_list: ['PL1', 'PL2'] })).toMatchObject({
      ok: false,
      code: '92020020',
      details: { check_fail_list: ['PL2'] },
    });
  });

  it('queryLicence and queryLicences read one and several (5.5)', async () => {
    const info = { license_code: 'PL1', status: 'ALIVE', activate_time: '20260101021530', later: 1 };
    const { api, sent } = client([
      { error_code: '92020000', data: info },
      { error_code: '92020000', data: [info, info] },
    ]);
    expect(await api.queryLicence('PL1')).toMatchObject({ ok: true, value: [{ license_code: 'PL1' }] });
    expect(await api.queryLicences(['PL1', 'PL1'])).toMatchObject({ ok: true, value: [{}, {}] });
    expect(sent.map(({ body }) => new TextDecoder().decode(body))).toEqual([
      '{"license":"PL1"}',
      '{"license_list":["PL1","PL1"]}',
    ]);
  });

  it('reportSoftwareUsage (5.6)', async () => {
    const { api, sent } = client([{ error_code: '92020000' }]);
    const body = { usage_info: [{ license: 'PL1', software_usage_Info: [{ id: 'c1' }, { active_num: 3 }] }] };
    expect(await api.reportSoftwareUsage(body)).toMatchObject({ ok: true });
    expect(sent.map(({ path }) => path)).toEqual(['/api/mkp-openapi-public/global/v2/license/software-usage-info']);
    expect(sent.map(verifies)).toEqual([{ ok: true }]);
  });

  it('uploadLicence sends a form, signed without its payload (5.8)', async () => {
    const { api, sent } = client([{ error_code: 'CBC.0000' }, { error_code: 'CBC.0000' }]);
    expect(await api.uploadLicence('e 1', { characters: 'LIC-1' })).toMatchObject({ ok: true });
    expect(await api.uploadLicence('e1', { fileName: 'a.lic', bytes: new Uint8Array([1, 2, 3]) })).toMatchObject({
      ok: true,
    });
    expect(sent.map(verifies)).toEqual([{ ok: true }, { ok: true }]);
    const [first, second] = sent;
    expect(first?.path).toBe('/api/mkp-openapi-public/global/v1/market-event/e%201/file');
    const form = await new Response(Uint8Array.from(second?.body ?? []), {
      headers: { 'content-type': second?.headers['content-type'] ?? '' },
    }).formData();
    const described = form.get('isvUpdateFileReq');
    expect(typeof described === 'string' ? described : await described?.text()).toContain(
      '"sha256":"039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"',
    );
  });
});
