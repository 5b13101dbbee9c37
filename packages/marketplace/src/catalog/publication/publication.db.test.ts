/** The whole life of a publication: written, refused, corrected, approved, changed, stopped, withdrawn – and what orders keep of it. */
import { describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../../tests/support/database.ts';
import type { Scope } from '../../directory/index.ts';
import { placeOrder } from '../../ordering/index.ts';
import { inTransaction, sql, type Tx } from '../../platform/database/database.ts';
import { PDF, pngOf } from '../../platform/files/archives.test-support.ts';
import { type FilePurpose, fileById, keepFile, refOf } from '../../platform/files/index.ts';
import { traceId } from '../../platform/random.ts';
import type { Result } from '../../platform/result.ts';
import { sampleProduct } from '../../testing/products.ts';
import { publishProduct } from '../service.ts';
import { contentOf, partStates, productById } from '../store.ts';
import { goodDraft } from './good-draft.test-support.ts';
import {
  type Application,
  type AskSurroundings,
  applicationById,
  applyForRemoval,
  beginChange,
  createDraft,
  type Draft,
  decide,
  openDraft,
  ownProducts,
  partsOf,
  removeDraft,
  saveDraft,
  show,
  submitDraft,
  whyHidden,
  withdrawApplication,
  withdrawProduct,
} from './index.ts';

const world = fileWorld();
const ALL: Scope = { kind: 'all' };
const own = (): Scope => ({ kind: 'seller', sellerId: world().demo.sellerId, goodsIds: null });
const seller = { userId: 'seller-1' };
const reviewer = { userId: 'operator-1' };
const now = () => world().clock.now();
const ask: AskSurroundings = async () => ({
  sellerAdmitted: true,
  sellsHardware: false,
  origins: new Map(),
  missingCases: [],
});
const tx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(world().platform.db, work);
const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code} ${result.refusal.message}`);
  return result.value;
};

async function kept(purpose: FilePurpose, name: string, bytes: Uint8Array) {
  const { platform, demo } = world();
  const content = (async function* () {
    yield bytes;
  })();
  const owner = { kind: 'seller' as const, id: demo.sellerId };
  return refOf(value(await keepFile(platform, { owner, keptBy: 'seller-1', purpose, name, content }, now())));
}

/** An offline License that breaks no rule, with files that are there. */
async function written(): Promise<Draft> {
  const good = structuredClone(goodDraft('LICENSE', { modes: ['PERIOD'] }));
  good.content.logo = await kept('LOGO', 'logo.png', pngOf(120, 120));
  good.content.certificates = [await kept('CERTIFICATE', 'copyright.pdf', PDF)];
  return good;
}
const begin = async () =>
  value(
    await tx((each) =>
      createDraft(
        world().platform,
        each,
        { scope: own(), by: seller, accessType: 'LICENSE', licenseVariant: 'OFFLINE', class: 'GENERAL', copyOf: null },
        now(),
      ),
    ),
  ).goodsId;
const save = (goodsId: string, revision: number, draft: Draft) =>
  tx((each) =>
    saveDraft(world().platform, each, { scope: own(), goodsId, revision, by: seller, ...draft }, ask, now()),
  );
const submit = (goodsId: string, revision: number) =>
  tx((each) => submitDraft(world().platform, each, { scope: own(), goodsId, revision, by: seller }, ask, now()));
const judgeIt = (applicationId: string, approve: boolean, by = reviewer) =>
  tx((each) =>
    decide(
      world().platform,
      each,
      {
        applicationId,
        by,
        approve,
        reasons: approve ? [] : [{ section: 'ACCESS', reason: 'the logo is a screenshot' }],
        comment: '',
      },
      ask,
      now(),
    ),
  );
const stateOf = async (goodsId: string) => (await productById(world().platform.db, goodsId))?.state;
const eventsOf = async (goodsId: string) => {
  const { rows } = await sql<{ type: string }>`
    SELECT type FROM platform.events WHERE aggregate = ${`product:${goodsId}`} ORDER BY event_id`.execute(
    world().platform.db,
  );
  return rows.map(({ type }) => type.replace('catalog.product-', ''));
};

describe('a product from its first word to its end', () => {
  let goodsId = '';
  let revision = 1;
  let applied: Application;
  let priceItemId = '';
  let orderId = '';

  it('S-30: is a draft that may be faulty; two windows do not write over each other; a faulty one is not submitted', async () => {
    goodsId = await begin();
    const first = value(await openDraft(world().platform.db, { scope: own(), goodsId }, ask));
    expect([first.draft.revision, first.product.state, first.faults.length > 5]).toEqual([1, 'DRAFT', true]);
    expect(await submit(goodsId, 1)).toMatchObject({ ok: false, refusal: { code: 'DRAFT_FAULTY' } });
    const draft = await written();
    const saved = value(await save(goodsId, 1, draft));
    revision = saved.revision;
    expect(saved.faults.filter(({ severity }) => severity === 'FAULT')).toEqual([]);
    expect(await save(goodsId, 1, draft)).toMatchObject({
      refusal: { code: 'DRAFT_CHANGED', facts: { revision: '2' } },
    });
  });

  it('C2: new parts get ids of their own, foreign ones are replaced, known ones stay', async () => {
    const draft = await written();
    const [theirs] = (await contentOf(world().platform.db, world().demo.goodsId, 1)).specifications;
    const [spec] = draft.content.specifications;
    if (!spec || !theirs) throw new Error('both have a specification');
    spec.specificationId = theirs.specificationId;
    const saved = value(await save(goodsId, revision, draft));
    const [given] = saved.draft.content.specifications;
    expect(given?.specificationId).not.toBe(theirs.specificationId);
    expect(given?.skus[0]?.skuCode).toMatch(/^[0-9a-f-]{36}$/);
    expect(given?.skus[0]?.prices[0]?.priceItemId).toMatch(/^OFFI\d{18}$/);
    const again = value(await save(goodsId, saved.revision, saved.draft));
    expect(again.draft).toEqual(saved.draft);
    revision = again.revision;
    priceItemId = given?.skus[0]?.prices[1]?.priceItemId ?? '';
  });

  it('S-31, C40: waits three working days for its review, one application at a time, and may be taken back', async () => {
    // Monday 5 January 2026, 10:00 in Beijing
    const first = value(await submit(goodsId, revision));
    expect([first.kind, first.state, first.dueAt.toISOString()]).toEqual([
      'NEW',
      'PENDING',
      '2026-01-08T16:00:00.000Z',
    ]);
    expect(await stateOf(goodsId)).toBe('IN_REVIEW');
    expect(await submit(goodsId, revision)).toMatchObject({ refusal: { code: 'APPLICATION_OPEN' } });
    const back = value(
      await tx((each) =>
        withdrawApplication(each, { scope: own(), applicationId: first.applicationId, by: seller }, now()),
      ),
    );
    expect([back.state, await stateOf(goodsId)]).toEqual(['WITHDRAWN', 'DRAFT']);
    expect(await judgeIt(first.applicationId, true)).toMatchObject({ refusal: { code: 'APPLICATION_STATE' } });
  });

  it('O-7, O-4: is decided by somebody else, refused with a reason per section, corrected and submitted again', async () => {
    applied = value(await submit(goodsId, revision));
    expect(await judgeIt(applied.applicationId, true, seller)).toMatchObject({ refusal: { code: 'OWN_APPLICATION' } });
    const refused = value(await judgeIt(applied.applicationId, false));
    expect([refused.state, refused.reasons, await stateOf(goodsId)]).toEqual([
      'REJECTED',
      [{ section: 'ACCESS', reason: 'the logo is a screenshot' }],
      'REJECTED',
    ]);
    expect((await whyHidden(world().platform.db, goodsId, { failingDays: 0 }))[0]?.code).toBe('REJECTED');
    applied = value(await submit(goodsId, revision));
  });

  it('C35, C41: approved it is version 1, on sale at once; its logo is public, its draft is gone', async () => {
    const done = value(await judgeIt(applied.applicationId, true));
    expect([done.version, await stateOf(goodsId)]).toEqual([1, 'ON_SALE']);
    const content = await contentOf(world().platform.db, goodsId, 1);
    expect((await fileById(world().platform.db, content.logo?.fileId ?? ''))?.published).toBe(true);
    expect(await openDraft(world().platform.db, { scope: own(), goodsId }, ask)).toMatchObject({ ok: false });
    expect(await whyHidden(world().platform.db, goodsId, { failingDays: 0 })).toEqual([]);
    expect(await eventsOf(goodsId)).toEqual(['submitted', 'submitted', 'rejected', 'submitted', 'changed', 'approved']);
    const { platform, demo } = world();
    const line = { priceItemId, quantity: 2, periodNumber: 1, parameters: [] };
    const order = await tx((each) =>
      placeOrder(
        platform,
        each,
        { buyerId: demo.buyerId, userId: 'test', lines: [line], traceId: traceId(platform.random) },
        now(),
      ),
    );
    orderId = value(order).orderId;
  });

  it('C39, C22, C59: a change of price with a delivery template becomes version 2; the order keeps version 1, without one', async () => {
    value(await tx((each) => beginChange(each, { scope: own(), goodsId, by: seller }, now())));
    const { draft } = value(await openDraft(world().platform.db, { scope: own(), goodsId }, ask));
    const next = structuredClone({ content: draft.content, interface: draft.interface });
    const [spec] = next.content.specifications;
    if (!spec) throw new Error('a specification');
    for (const item of spec.skus[0]?.prices ?? []) item.brackets = [{ from: 0, to: null, unitPrice: '500' }];
    next.content.specifications.push({
      ...structuredClone(spec),
      specificationId: null,
      name: { zh: '旗舰版', en: 'Flagship' },
    });
    next.content.deliveryTemplate = await kept('TEMPLATE', 'template.pdf', PDF);
    const saved = value(await save(goodsId, draft.revision, next));
    const change = value(await submit(goodsId, saved.revision));
    expect([change.kind, await stateOf(goodsId)]).toEqual(['CHANGE', 'ON_SALE']);
    expect(value(await judgeIt(change.applicationId, true)).version).toBe(2);
    expect((await partStates(world().platform.db, goodsId)).size).toBe(4);
    const { rows } = await sql<{ version: number; amount: string }>`
      SELECT version, amount::text FROM ordering.order_lines WHERE order_id = ${orderId}`.execute(world().platform.db);
    expect(rows).toEqual([{ version: 1, amount: '200.00' }]);
    const templateOf = async (version: number) =>
      (await contentOf(world().platform.db, goodsId, version)).deliveryTemplate?.name ?? null;
    expect([await templateOf(1), await templateOf(2)]).toEqual([null, 'template.pdf']);
  });

  it('S1-7: a share up to the standard takes effect as soon as it is submitted, a higher one waits for the operator', async () => {
    const submitShare = async (sellerShare: string) => {
      value(await tx((each) => beginChange(each, { scope: own(), goodsId, by: seller }, now())));
      const { draft } = value(await openDraft(world().platform.db, { scope: own(), goodsId }, ask));
      const next = { content: { ...draft.content, sellerShare }, interface: draft.interface };
      const saved = value(await save(goodsId, draft.revision, next));
      return value(await submit(goodsId, saved.revision));
    };
    const lower = await submitShare('0.9');
    expect([lower.state, lower.decidedBy, lower.version]).toEqual(['APPROVED', 'system', 3]);
    expect((await contentOf(world().platform.db, goodsId, 3)).sellerShare).toBe('0.9');
    const higher = await submitShare('0.96');
    expect([higher.state, higher.version]).toEqual(['PENDING', null]);
    value(await judgeIt(higher.applicationId, false));
    value(await tx((each) => removeDraft(each, { scope: own(), goodsId })));
  });

  it('C42: public again makes all specifications public', async () => {
    const [spec] = await partsOf(world().platform.db, goodsId);
    const turn = (visibility: 'PUBLIC' | 'HIDDEN', specificationId: string | null) =>
      tx((each) => show(each, { scope: own(), goodsId, specificationId, visibility })).then(value);
    await turn('HIDDEN', spec?.specificationId ?? '');
    await turn('HIDDEN', null);
    expect((await whyHidden(world().platform.db, goodsId, { failingDays: 2 })).map(({ code }) => code)).toEqual([
      'HIDDEN_PRODUCT',
      'PROBES_FAILING',
      'SPECIFICATION_HIDDEN',
    ]);
    await turn('PUBLIC', null);
    expect(new Set((await partsOf(world().platform.db, goodsId)).map(({ visibility }) => visibility))).toEqual(
      new Set(['PUBLIC']),
    );
  });

  it('S-37, C36: a specification is stopped on application, then the product; nothing is deleted, nothing comes back', async () => {
    const remove = (specificationIds: string[]) =>
      tx((each) =>
        applyForRemoval(
          world().platform,
          each,
          { scope: own(), goodsId, by: seller, removal: { specificationIds, skuCodes: [], reason: 'old', proof: [] } },
          now(),
        ),
      );
    const [spec] = (await contentOf(world().platform.db, goodsId, 3)).specifications;
    const one = value(await remove([spec?.specificationId ?? '']));
    expect(await stateOf(goodsId)).toBe('ON_SALE');
    value(await judgeIt(one.applicationId, true));
    expect([...(await partStates(world().platform.db, goodsId)).values()].toSorted()).toEqual([
      'ON_SALE',
      'ON_SALE',
      'STOPPED',
      'STOPPED',
    ]);
    expect(await remove([spec?.specificationId ?? ''])).toMatchObject({ refusal: { code: 'PART_STATE' } });
    value(await judgeIt(value(await remove([])).applicationId, true));
    expect(await stateOf(goodsId)).toBe('STOPPED');
    expect(await remove([])).toMatchObject({ refusal: { code: 'PRODUCT_STATE' } });
    expect(await tx((each) => beginChange(each, { scope: own(), goodsId, by: seller }, now()))).toMatchObject({
      refusal: { code: 'PRODUCT_STATE' },
    });
  });

  it('8.1: the platform withdraws it, and nothing follows', async () => {
    const act = () =>
      tx((each) => withdrawProduct(world().platform, each, { goodsId, by: reviewer, reason: 'unreachable' }, now()));
    value(await act());
    expect(await act()).toMatchObject({ refusal: { code: 'PRODUCT_STATE' } });
    expect((await eventsOf(goodsId)).at(-1)).toBe('withdrawn');
  });
});

it('P-2: of another seller nothing is found, to read, to write, to submit or to withdraw', async () => {
  const goodsId = await begin();
  const foreign: Scope = { kind: 'seller', sellerId: 'another', goodsIds: null };
  const draft = await written();
  const saved = value(await save(goodsId, 1, draft));
  const { applicationId } = value(await submit(goodsId, saved.revision));
  const { platform } = world();
  expect(await openDraft(platform.db, { scope: foreign, goodsId }, ask)).toMatchObject({ ok: false });
  expect(await tx((each) => removeDraft(each, { scope: foreign, goodsId }))).toMatchObject({ ok: false });
  expect(await applicationById(platform.db, { scope: foreign, applicationId })).toBeNull();
  expect(await ownProducts(platform.db, { scope: foreign, before: null, limit: 10 })).toEqual([]);
  const found = await ownProducts(platform.db, { scope: ALL, q: '样品', status: 'IN_REVIEW', before: null, limit: 10 });
  expect(found.map((each) => [each.goodsId, each.openApplication?.kind])).toEqual([[goodsId, 'NEW']]);
});

it('C61, S-34: an older product without the template that is due is flagged, not stopped; its next change brings it', async () => {
  const { platform, demo } = world();
  const content = { ...sampleProduct('LICENSE', platform.random), class: 'JOINT' as const };
  const goodsId = 'older';
  const older = { goodsId, sellerId: demo.sellerId, site: 'CN' as const, content };
  await tx((each) => publishProduct(each, { ...older, protocol: 'none', productionUrl: null, keyId: null }, now()));
  const [seen] = await ownProducts(platform.db, { scope: own(), goodsIds: [goodsId], before: null, limit: 1 });
  expect([seen?.state, seen?.templateMissing]).toEqual(['ON_SALE', true]);
  expect((await whyHidden(platform.db, goodsId, { failingDays: 0 })).map(({ rule }) => rule)).toEqual(['C61']);
  value(await tx((each) => beginChange(each, { scope: own(), goodsId, by: seller }, now())));
  const { faults } = value(await openDraft(platform.db, { scope: own(), goodsId }, ask));
  expect(faults.filter(({ severity }) => severity === 'FAULT').map(({ rule }) => rule)).toEqual(['C56']);
});

it('C40: two submissions of one draft in the same instant are one application', async () => {
  const goodsId = await begin();
  const saved = value(await save(goodsId, 1, await written()));
  const both = await Promise.all([submit(goodsId, saved.revision), submit(goodsId, saved.revision)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
});
