/** A SaaS from the first word to the buyer over the console API, and a catalogue that goes out as a file and comes back. */
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ConsoleClient, clientAs } from '../../../../../tests/support/console-client.ts';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { goodDraft } from '../../catalog/publication/good-draft.test-support.ts';
import { saveCase } from '../../debugging/case-store.ts';
import { addAddress, bindKey, createKey, requiredCases } from '../../debugging/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { inTransaction } from '../../platform/database/database.ts';
import { PDF, pngOf } from '../../platform/files/archives.test-support.ts';
import { type FilePurpose, keepFile, refOf } from '../../platform/files/index.ts';
import { uuid } from '../../platform/random.ts';
import type { Result } from '../../platform/result.ts';
import { createApp } from '../app.ts';
import * as schemas from './publication-schemas.ts';

const world = sharedWorld();
const people = new Map<'SO' | 'OR' | 'BO', ConsoleClient>();
beforeAll(async () => {
  const { platform, demo } = world();
  const app = createApp({ platform, caller: createCaller(platform) });
  people.set('SO', await clientAs(platform, app, 'SO', { sellerId: demo.sellerId }));
  people.set('OR', await clientAs(platform, app, 'OR'));
  people.set('BO', await clientAs(platform, app, 'BO', { buyerId: demo.buyerId }));
});
const as = (role: 'SO' | 'OR' | 'BO'): ConsoleClient => {
  const client = people.get(role);
  if (!client) throw new Error(`${role} is there inside tests only`);
  return client;
};
async function answer<S extends z.ZodType>(schema: S, response: Promise<Response>): Promise<z.infer<S>> {
  const given = await response;
  const body: unknown = await given.json();
  if (!given.ok) throw new Error(`${given.status} ${JSON.stringify(body)}`);
  return schema.parse(body);
}
const refusal = async (response: Promise<Response>) =>
  z.object({ code: z.string() }).parse(await (await response).json()).code;
const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
};
const real = (draft: { faults: z.infer<typeof schemas.draftFault>[] }) =>
  draft.faults.filter(({ severity }) => severity === 'FAULT').map(({ rule, path }) => `${rule} ${path}`);

const ORIGIN = 'http://127.0.0.1:7777';
async function kept(purpose: FilePurpose, name: string, bytes: Uint8Array) {
  const { platform, demo } = world();
  const content = (async function* () {
    yield bytes;
  })();
  const owner = { kind: 'seller' as const, id: demo.sellerId };
  return refOf(value(await keepFile(platform, { owner, keptBy: 'x', purpose, name, content }, platform.clock.now())));
}
const bindAddress = () => {
  const { platform, demo } = world();
  const [now, { sellerId }] = [platform.clock.now(), demo];
  return inTransaction(platform.db, async (tx) => {
    const { addressId } = value(await addAddress(platform, tx, { sellerId, text: ORIGIN }, now));
    const { keyId } = value(await createKey(platform, tx, { sellerId, interfaceClass: 'BASE' }, now));
    value(await bindKey(platform, tx, { sellerId, addressId, keyId, interfaceClass: 'BASE', confirmed: true }, now));
    return keyId;
  });
};

describe('a SaaS', () => {
  let goodsId = '';
  let keyId = '';

  it('8.1: is submitted once its address is proven, a key is bound and its debugging cases are saved', async () => {
    const { platform, demo } = world();
    const begun = await answer(schemas.draft, as('SO').post('/console/drafts', { accessType: 'SAAS' }));
    goodsId = begun.goodsId;
    const content = {
      ...goodDraft('SAAS', { modes: ['PERIOD'] }).content,
      logo: await kept('LOGO', 'logo.png', pngOf(120, 120)),
      certificates: [await kept('CERTIFICATE', 'copyright.pdf', PDF)],
    };
    let revision = begun.revision;
    const save = async () => {
      const wire = { protocol: 'saas-v2', productionUrl: `${ORIGIN}/produce` };
      const body = { revision, content, interface: wire };
      const saved = await answer(schemas.draftSaved, as('SO').post(`/console/drafts/${goodsId}`, body));
      revision = saved.revision;
      return saved;
    };
    expect(real(await save())).toEqual(['8.1 interface.productionUrl']);
    keyId = await bindAddress();
    const needed = requiredCases('saas-v2', content.specifications);
    expect(real(await save())).toEqual(needed.map(() => '8.1 interface'));
    const submit = () => as('SO').post(`/console/drafts/${goodsId}/submission`, { revision });
    expect(await refusal(submit())).toBe('DRAFT_FAULTY');
    // what is whole can be debugged before it is reviewed
    const bench = z.object({ items: z.array(z.object({ goodsId: z.string(), status: z.string() })) });
    const products = await answer(bench, as('SO').get('/console/debugging/products'));
    expect(products.items).toContainEqual({ goodsId, status: 'DRAFT' });
    for (const { activity } of needed)
      await inTransaction(platform.db, (tx) =>
        saveCase(tx, {
          caseId: uuid(platform.random),
          goodsId,
          sellerId: demo.sellerId,
          activity,
          parameters: {},
          url: `${ORIGIN}/produce`,
          keyId,
          savedBy: 'dev',
          savedAt: platform.clock.now(),
        }),
      );
    expect(real(await save())).toEqual([]);
    expect((await answer(schemas.applicationCard, submit())).state).toBe('PENDING');
  });

  it('8.1, L13: a licence whose server is asked needs its cases too, with the quantity it is sold by', async () => {
    const begun = await answer(
      schemas.draft,
      as('SO').post('/console/drafts', { accessType: 'LICENSE', licenseVariant: 'IDENTIFICATION' }),
    );
    const { content } = goodDraft('LICENSE', { variant: 'IDENTIFICATION', modes: ['PERIOD'] });
    const wire = { protocol: 'license-identification', productionUrl: `${ORIGIN}/produce` };
    const body = { revision: begun.revision, content, interface: wire };
    const { faults } = await answer(schemas.draftSaved, as('SO').post(`/console/drafts/${begun.goodsId}`, body));
    const missing = faults.filter(({ path }) => path === 'interface').map(({ message }) => message.en);
    expect(missing).toEqual([
      expect.stringContaining('getLicense (yearly/monthly (no chargingMode), with amount)'),
      ...['refreshLicense', 'expireLicense', 'releaseLicense'].map((name) => expect.stringContaining(name)),
    ]);
    await as('SO').post(`/console/drafts/${begun.goodsId}/deletion`, {});
    expect((await as('SO').get(`/console/drafts/${begun.goodsId}`)).status).toBe(404);
  });

  it('O-8, O-4: stands in the queue with its differences, is approved, and buyers find it at once', async () => {
    const queue = await answer(schemas.reviewQueue, as('OR').get('/console/review-queue'));
    const [card] = queue.items;
    expect([queue.total, queue.overdue, card?.goodsId]).toEqual([1, 0, goodsId]);
    const path = `/console/applications/${card?.applicationId}`;
    const seen = await answer(schemas.application, as('OR').get(path));
    expect([seen.mayDecide, seen.released, seen.faults, seen.differences.length > 5]).toEqual([true, null, [], true]);
    expect((await answer(schemas.application, as('SO').get(path))).mayDecide).toBe(false);
    expect((await as('OR').post(`${path}/decision`, { approve: false })).status).toBe(400);
    expect((await answer(schemas.applicationCard, as('OR').post(`${path}/decision`, { approve: true }))).version).toBe(
      1,
    );
    expect((await as('BO').get(`/console/products/${goodsId}`)).status).toBe(200);
    const behind = await answer(schemas.productBehind, as('SO').get(`/console/own-products/${goodsId}`));
    expect(behind.interface).toEqual({ protocol: 'saas-v2', productionUrl: `${ORIGIN}/produce` });
    expect([behind.status, behind.version, behind.whyHidden, behind.sales, behind.may.change]).toEqual([
      'ON_SALE',
      1,
      [],
      [],
      true,
    ]);
    expect(behind.versions[0]?.approvedBy).toBe('operator');
  });

  it('goes out as YAML and XLSX; a price that was changed there comes back as a draft, and nothing else', async () => {
    const yaml = await (await as('SO').get(`/console/catalogue/export?format=yaml&goodsId=${goodsId}`)).text();
    const bring = (format: 'yaml' | 'xlsx', data: string, apply: boolean) =>
      answer(schemas.importResult, as('SO').post('/console/catalogue/imports', { format, data, apply }));
    const same = await bring('yaml', yaml, false);
    expect([same.faults, same.products.map(({ differences }) => differences)]).toEqual([[], [[]]]);
    const book = Buffer.from(await (await as('SO').get('/console/catalogue/export?format=xlsx')).arrayBuffer());
    const back = await bring('xlsx', book.toString('base64'), false);
    expect([back.faults, back.products.flatMap(({ differences }) => differences)]).toEqual([[], []]);
    const dearer = yaml.replace('unitPrice: "10.00"', 'unitPrice: "11.00"');
    const looked = await bring('yaml', dearer, false);
    expect(looked.products[0]?.differences.map(({ path }) => path)).toEqual([
      'specifications.0.skus.0.prices.0.brackets',
    ]);
    expect((await as('SO').get(`/console/drafts/${goodsId}`)).status).toBe(404);
    const applied = await bring('yaml', dearer, true);
    expect([applied.applied, applied.products[0]?.draftFaults.filter(({ severity }) => severity === 'FAULT')]).toEqual([
      true,
      [],
    ]);
    const draft = await answer(schemas.draft, as('SO').get(`/console/drafts/${goodsId}`));
    expect([
      draft.kind,
      real(draft),
      draft.content.specifications[0]?.skus[0]?.prices[0]?.brackets[0]?.unitPrice,
    ]).toEqual(['CHANGE', [], '11.00']);
  });

  it('a file with one fault imports nothing, and a foreign product is not found', async () => {
    const bring = (data: string) =>
      answer(schemas.importResult, as('SO').post('/console/catalogue/imports', { format: 'yaml', data, apply: true }));
    const wrong = await bring(
      'catalogue: 1\nproducts:\n  - accessType: SERVICE\n  - goodsId: nobodys\n    version: V1.0\n',
    );
    expect([wrong.applied, wrong.products, wrong.faults.map(({ rule, row }) => [rule, row])]).toEqual([
      false,
      [],
      [['P-2', 4]],
    ]);
    const fresh = await bring(
      'catalogue: 1\nproducts:\n  - accessType: SERVICE\n    name: {zh: 上门安装, en: Installation on site}\n',
    );
    expect([fresh.applied, fresh.products[0]?.name.en, (fresh.products[0]?.draftFaults.length ?? 0) > 0]).toEqual([
      true,
      'Installation on site',
      true,
    ]);
  });

  it('C6, C7, C12: attribute definitions are found by part of the name; a preset one is refused', async () => {
    const define = (code: string, en: string) =>
      as('SO').post('/console/attributes', { type: 'ENUMERATION', code, name: { zh: `属性${code}`, en } });
    expect((await define('edition', 'Edition of the product')).status).toBe(201);
    expect(await refusal(define('os', 'System'))).toBe('PRESET_NAME');
    expect(await refusal(define('edition', 'Again'))).toBe('ATTRIBUTE_EXISTS');
    const found = await answer(schemas.attributeList, as('SO').get('/console/attributes?q=DITION&type=ENUMERATION'));
    const [kept] = found.items;
    expect(found.items.map(({ code }) => code)).toEqual(['edition']);
    const gone = await as('SO').post(`/console/attributes/${kept?.attributeId}/deletion`, {});
    expect(gone.status).toBe(200);
    expect((await as('SO').get(`/console/own-products/${goodsId}/versions/1`)).status).toBe(200);
  });
});
