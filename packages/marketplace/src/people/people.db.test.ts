/** A product's tables equal the directory, whatever fails on the way and whoever must decide (saas-v2.md 7, E-20 … E-35). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { type KitSeller, startKitSeller } from '../../../../tests/support/kit-seller.ts';
import { granted } from '../../../../tests/support/resources.ts';
import { setProductionUrl } from '../catalog/index.ts';
import {
  addToGroup,
  changeDepartment,
  changeEnterpriseMember,
  createDepartment,
  createEnterprise,
  createGroup,
  createMember,
  deleteMembers,
  directoryChanged,
  dissolveEnterprise,
  type Enterprise,
  listMembers,
  type MemberFacts,
  memberOf,
  removeDepartment,
  type VisibleRange,
} from '../directory/index.ts';
import { createCaller } from '../fulfilment/index.ts';
import { cure, freezeForViolation, instanceById } from '../instances/index.ts';
import { inTransaction, sql, type Tx } from '../platform/database/database.ts';
import { createSimulator } from '../runtime.ts';
import { buyFromDemo } from '../testing/index.ts';
import {
  type Application,
  applicationById,
  authorisationCounts,
  authorise,
  bindApplication,
  credentialsOf,
  decideTask,
  listTasks,
  resync,
  runSyncTask,
  setCredential,
  takeSyncTasks,
  tilesOf,
} from './index.ts';

const world = fileWorld();
const NOBODY: VisibleRange = { everyone: false, departments: [], groups: [], members: [] };
const ALL = { kind: 'all' } as const;
const EVERYONE = { ...NOBODY, everyone: true };
let product: KitSeller;
let base: Awaited<ReturnType<typeof startFakeSeller>>;
let enterprise: Enterprise;
let application: Application;

const now = () => world().clock.now();
const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(world().platform.db, work);
const settle = () => world().simulator.drain();
const person = (userName: string, changes: Partial<MemberFacts> = {}): MemberFacts => ({
  ...{ userName, name: userName, departmentCode: 'hq', position: 'Clerk', employeeCode: '', employeeType: null },
  ...{ mobile: '13800138000', email: '', workPlace: '', entryDate: '', role: 'user', enabled: true },
  ...changes,
});
/** As the console does: a change, and the news of it. */
const change = (work: (tx: Tx) => Promise<unknown>) =>
  run(async (tx) => {
    await work(tx);
    await directoryChanged(world().platform, tx, enterprise.enterpriseId, 'admin', now());
  }).then(settle);
const add = (facts: MemberFacts) =>
  run((tx) => createMember(world().platform.random, tx, enterprise.enterpriseId, facts, now()).then(granted));
const show = async (range: VisibleRange) => {
  const instance = await instanceById(world().platform.db, application.resourceId, ALL);
  const asked = { application: await fresh(), range, instance, by: 'admin' };
  return run((tx) => authorise(world().platform, tx, asked, now()));
};
async function fresh(): Promise<Application> {
  const found = await applicationById(world().platform.db, application.applicationId);
  if (!found) throw new Error('the application is gone');
  return found;
}
const lastTask = async () => {
  const query = { enterpriseId: enterprise.enterpriseId, before: null, limit: 1 };
  const [task] = await listTasks(world().platform.db, query);
  if (!task) throw new Error('there is no task');
  return task;
};
const states = async () =>
  (await authorisationCounts(world().platform.db, [application.applicationId])).get(application.applicationId) ?? {};
const names = () => [...product.users.keys()].toSorted();

beforeAll(async () => {
  const { platform, demo, clock } = world();
  base = await startFakeSeller();
  product = await startKitSeller(demo.accessKey, () => clock.now().getTime());
  await run((tx) => setProductionUrl(tx, demo.goodsId, base.url));
  const order = await buyFromDemo(world());
  await settle();
  const { sellerId, goodsId, keyId, buyerId } = demo;
  const credential = {
    goodsId,
    sellerId,
    keyId,
    protocol: 'kit-v2',
    address: product.url,
    publicKey: product.publicKey,
  } as const;
  await run((tx) =>
    setCredential(
      platform,
      tx,
      { ...credential, loginUrl: `${product.url}/login`, attributes: ['mobile', 'position'], multiInstance: false },
      now(),
    ).then(granted),
  );
  const facts = { name: 'Acme', shortName: 'acme', region: '', industry: '', description: '' };
  enterprise = await run((tx) => createEnterprise(platform, tx, { ...facts, buyerId }, now()).then(granted));
  const department = (code: string, parentCode: string | null) =>
    run((tx) =>
      createDepartment(tx, enterprise.enterpriseId, { code, name: code.toUpperCase(), parentCode }, now()).then(
        granted,
      ),
    );
  await department('hq', null);
  await department('lab', 'hq');
  await department('shop', null);
  const instance = await instanceById(platform.db, `${order.orderId}-000001`, ALL);
  if (!instance) throw new Error('nothing was bought');
  const binding = { enterprise, instance, attributes: ['mobile'] as const, by: 'owner' };
  application = await run((tx) => bindApplication(platform, tx, binding, now()).then(granted));
});
afterAll(() => Promise.all([product.close(), base.close()]));

describe('binding (E-20, E-22)', () => {
  it('stops at the step that fails, tells the seller, and waits for the buyer', async () => {
    product.fail('application', 0, 1);
    await settle();
    expect(product.calls).toEqual(['tenant add', 'application add']);
    const task = await lastTask();
    expect(task).toMatchObject({
      kind: 'BIND',
      state: 'WAIT_DECISION',
      callsDone: 1,
      failedInterface: 'applicationSync',
      error: 'the user table is locked',
    });
    expect(await run((tx) => decideTask(tx, task, 'CONTINUE', 'ADMINISTRATOR', now()))).toMatchObject({
      refusal: { code: 'SYNC_NOT_YOURS' },
    });
    expect(await show(EVERYONE)).toMatchObject({ refusal: { code: 'NOT_BOUND' } });
  });

  it('goes on from there when the buyer says so: tenant → application → all departments', async () => {
    const task = await lastTask();
    await run((tx) => decideTask(tx, task, 'CONTINUE', 'BUYER', now()).then(granted));
    await settle();
    expect(product.calls.slice(2)).toEqual(['application add', 'departments 3']);
    expect((await fresh()).state).toBe('BOUND');
    expect(product.tenants.get(enterprise.enterpriseId)).toBe('Acme');
    const { platform } = world();
    expect(product.secrets.get(enterprise.enterpriseId)).toBe(
      platform.keys.open((await fresh()).sealedSecret, 'people.client-secret'),
    );
  });
});

describe('authorising (E-21, E-25a, E-30 … E-33, E-35)', () => {
  it('E-30: by department with what is below, by group, by person; E-25a: only what both sides share', async () => {
    const ann = await add(person('ann', { departmentCode: 'lab' }));
    const bob = await add(person('bob', { departmentCode: 'shop' }));
    await add(person('eve', { departmentCode: 'shop' }));
    const { random } = world().platform;
    const groupId = await run((tx) =>
      createGroup(random, tx, { enterpriseId: enterprise.enterpriseId, name: 'Testers' }, now()).then(granted),
    );
    await run((tx) => addToGroup(tx, enterprise.enterpriseId, groupId, [bob]));
    granted(await show({ ...NOBODY, departments: ['hq'], groups: [groupId] }));
    await settle();
    expect(names()).toEqual(['ann', 'bob']);
    expect(product.users.get('ann')).toMatchObject({
      departmentCode: 'lab',
      mobile: '13800138000',
      position: undefined,
    });
    granted(await show({ ...NOBODY, members: [ann] }));
    await settle();
    expect(names()).toEqual(['ann']);
    expect(product.calls.at(-1)).toBe('users withdraw 1');
    expect(await states()).toEqual({ AUTHORISED: 1, WITHDRAWN: 1 });
  });

  it('E-32, E-11, E-14: who joins an authorised department comes in, who is changed, disabled, deleted is told', async () => {
    granted(await show({ ...NOBODY, departments: ['hq'] }));
    await settle();
    const { random } = world().platform;
    const { enterpriseId } = enterprise;
    await change((tx) => createMember(random, tx, enterpriseId, person('carl'), now()));
    expect(names()).toEqual(['ann', 'carl']);
    const [carl] = (await listMembers(world().platform.db, { enterpriseId, words: 'carl', limit: 1 })).map(
      (each) => each.memberId,
    );
    await change(async (tx) => {
      const member = await memberOf(tx, enterpriseId, carl ?? '');
      if (member) granted(await changeEnterpriseMember(tx, member, { ...member, enabled: false }, now()));
    });
    expect(product.users.get('carl')).toMatchObject({ enabled: false });
    await change((tx) => deleteMembers(tx, enterpriseId, [carl ?? ''], now()));
    expect(product.calls.at(-1)).toBe('users delete 1');
    await change((tx) => createDepartment(tx, enterpriseId, { code: 'new', name: 'New', parentCode: 'lab' }, now()));
    await change((tx) => changeDepartment(tx, enterpriseId, { code: 'new', name: 'Newer', parentCode: 'shop' }));
    expect(product.departments.get('new')).toEqual({ code: 'new', name: 'Newer', parentCode: 'shop' });
    await change((tx) => removeDepartment(tx, enterpriseId, 'new'));
    expect(product.calls.slice(-3)).toEqual(['department add new', 'department modify new', 'department delete new']);
    expect((await lastTask()).state).toBe('SUCCEEDED');
  });

  it('E-31: nobody is authorised before the login address is set up, and no tile opens without it', async () => {
    const { platform, demo } = world();
    const [credential] = [...(await credentialsOf(platform.db, [demo.goodsId])).values()];
    if (!credential) throw new Error('the product takes in no enterprises');
    const set = (loginUrl: string) =>
      run((tx) => setCredential(platform, tx, { ...credential, loginUrl }, now()).then(granted));
    await set('');
    expect(await show({ ...NOBODY, departments: ['hq'] })).toMatchObject({
      refusal: { code: 'LOGIN_ADDRESS_MISSING' },
    });
    await set(credential.loginUrl);
    expect(await show({ ...NOBODY, departments: ['hq'] })).toMatchObject({ ok: true });
    await settle();
  });

  it('E-39: of a frozen service the tile stays, closed with the reason, until it is let go', async () => {
    const { platform } = world();
    const { enterpriseId } = enterprise;
    const [member] = await listMembers(platform.db, { enterpriseId, departmentCode: 'hq', limit: 1 });
    const { resourceId } = application;
    const closed = async () =>
      (await tilesOf(platform.db, { enterpriseId, memberId: member?.memberId ?? '' })).map((tile) => tile.closed);
    expect(await closed()).toEqual([null]);
    const asked = { scope: ALL, resourceId, reason: 'a test' };
    await run((tx) => freezeForViolation(platform, tx, asked, now()).then(granted));
    expect(await closed()).toEqual(['INSTANCE_FROZEN']);
    await run((tx) => cure(platform, tx, asked, now()).then(granted));
    await settle();
    expect(await closed()).toEqual([null]);
  });

  it('E-35: more members than were bought are refused', async () => {
    for (let place = 0; place < 12; place += 1) await add(person(`many-${place}`, { departmentCode: 'shop' }));
    expect(await show(EVERYONE)).toMatchObject({ refusal: { code: 'TOO_FEW_SEATS', facts: { seats: '10' } } });
  });
});

describe('a seller that fails in the middle of 5,000 members (Must show 2, E-23)', () => {
  beforeAll(async () => {
    await sql`UPDATE instances.instances SET quantity = 6000 WHERE resource_id = ${application.resourceId}`.execute(
      world().platform.db,
    );
    await run((tx) =>
      sql`INSERT INTO directory.members (member_id, enterprise_id, user_name, name, department_code, position, employee_code, mobile, email, work_place, entry_date, role, enabled, created_at, updated_at)
      SELECT gen_random_uuid(), ${enterprise.enterpriseId}, 'crowd-' || n, 'Crowd ' || n, 'hq', '', '', '', '', '', '', 'user', true, ${now()}, ${now()} FROM generate_series(1, 5000) n`.execute(
        tx,
      ),
    );
    granted(await show(EVERYONE));
    product.fail('users', 4, 2);
    await settle();
  });

  it('the administrator is asked, and sees how far it is', async () => {
    const task = await lastTask();
    expect(task).toMatchObject({ kind: 'AUTHORISE', state: 'WAIT_DECISION', failedInterface: 'authSync' });
    expect(task.membersDone).toBe(2_000);
    expect(await states()).toMatchObject({ FAILED: 500 });
    expect(await run((tx) => decideTask(tx, task, 'CONTINUE', 'BUYER', now()))).toMatchObject({
      refusal: { code: 'SYNC_NOT_YOURS' },
    });
  });

  it('continues, is asked once more, continues: the seller’s table equals the directory', async () => {
    for (let round = 0; round < 2; round += 1) {
      const task = await lastTask();
      await run((tx) => decideTask(tx, task, 'CONTINUE', 'ADMINISTRATOR', now()).then(granted));
      await settle();
    }
    expect((await lastTask()).state).toBe('SUCCEEDED');
    const living = await listMembers(world().platform.db, { enterpriseId: enterprise.enterpriseId, limit: 10_000 });
    expect(living.length).toBeGreaterThan(5_000);
    expect(names()).toEqual(living.map(({ userName }) => userName).toSorted());
    expect(Object.keys(await states()).toSorted()).toEqual(['AUTHORISED', 'WITHDRAWN']);
  });

  it('E-23: stop keeps what succeeded, marks the others, and the next task finds them again', async () => {
    granted(await show(NOBODY));
    await settle();
    expect(names()).toEqual([]);
    granted(await show({ ...NOBODY, departments: ['hq'] }));
    product.fail('users', 3, 1);
    await settle();
    const task = await lastTask();
    await run((tx) => decideTask(tx, task, 'STOP', 'ADMINISTRATOR', now()).then(granted));
    expect(await states()).toMatchObject({ AUTHORISED: 1_500 });
    expect((await states()).SYNCING).toBeUndefined();
    await change(async () => {});
    expect(product.users.size).toBe(5_001);
  });

  it('a worker that dies after the call leaves its task to the next one, which tells the same again', async () => {
    granted(await show(NOBODY));
    await settle();
    granted(await show({ ...NOBODY, departments: ['lab'] }));
    const { platform, clock } = world();
    const caller = createCaller(platform);
    const detach = platform.pause.at('people.answered', () => {
      throw new Error('killed');
    });
    for (let step = 0; step < 2; step += 1)
      for (const task of await takeSyncTasks(platform, 10)) await runSyncTask(platform, caller, task).catch(() => {});
    detach();
    await caller.close();
    expect(names()).toEqual(['ann']);
    expect((await lastTask()).state).toBe('RUNNING');
    const survivor = createSimulator(platform, clock);
    await survivor.advanceTo(new Date(now().getTime() + 300_000));
    await survivor.close();
    expect((await lastTask()).state).toBe('SUCCEEDED');
    expect(product.calls.slice(-2)).toEqual(['users add 1', 'users add 1']);
  });

  it('synchronising again finds and repairs what the product lost, kept or mixed up', async () => {
    product.users.clear();
    product.users.set('bob', {
      userName: 'bob',
      name: 'Bob',
      departmentCode: 'shop',
      role: 'user',
      enabled: true,
      mobile: undefined,
      email: undefined,
      position: undefined,
    });
    product.departments.delete('lab');
    await run(async (tx) => resync(world().platform, tx, await fresh(), 'admin', now()).then(granted));
    await settle();
    expect(names()).toEqual(['ann']);
    expect([...product.departments.keys()].toSorted()).toEqual(['hq', 'lab', 'shop']);
  });

  it('E-28: a dissolved enterprise is taken from the product, whatever fails', async () => {
    product.fail('users', 0, 1);
    await run((tx) => dissolveEnterprise(world().platform, tx, enterprise.enterpriseId, 'owner', now()));
    await settle();
    expect(product.calls.slice(-2)).toEqual(['application delete', 'tenant delete']);
    expect(await lastTask()).toMatchObject({ kind: 'DISSOLVE', state: 'STOPPED' });
    expect(product.tenants.size).toBe(0);
    expect((await fresh()).state).toBe('ENDED');
  });
});
