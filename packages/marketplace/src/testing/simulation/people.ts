/**
 * People in a simulation: an enterprise is bound to what its buyer bought, members join, move and leave, an administrator
 * authorises and decides, and the product's seller fails in the middle of it.
 */
import { z } from 'zod';
import {
  accessKeysOfSeller,
  changeEnterpriseMember,
  createDepartment,
  createEnterprise,
  createMember,
  deleteMembers,
  directoryChanged,
  dissolveEnterprise,
  listMembers,
  membersByIds,
  type VisibleRange,
} from '../../directory/index.ts';
import { insertUser } from '../../directory/store.ts';
import { instanceById } from '../../instances/index.ts';
import {
  applicationById,
  authorise,
  bindApplication,
  decideTask,
  openTasks,
  resync,
  setCredential,
} from '../../people/index.ts';
import { inTransaction, sql, type Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import type { Dice } from '../dice.ts';
import type { Stage } from './acting.ts';
import { KIT_HOST } from './kit.ts';

const STEPS = ['bind', 'join', 'move', 'leave', 'authorise', 'again', 'decide', 'dissolve'] as const;
export const peopleAction = z.object({ do: z.literal('people'), step: z.enum(STEPS), at: z.number().int().min(0) });
type People = z.infer<typeof peopleAction>;

const DEPARTMENTS = ['hq', 'lab', 'shop'] as const;
const NOBODY: VisibleRange = { everyone: false, departments: [], groups: [], members: [] };
const RANGES: readonly VisibleRange[] = [
  { ...NOBODY, everyone: true },
  { ...NOBODY, departments: ['hq'] },
  { ...NOBODY, departments: ['shop'] },
  NOBODY,
];
const FIRST_MEMBERS = 4;

export async function actOnPeople(stage: Stage, { step, at }: People): Promise<void> {
  const done = <T>(work: (platform: Platform, tx: Tx, now: Date) => Promise<T>) =>
    stage.surviving(() => {
      const { platform } = stage.process();
      return inTransaction(platform.db, (tx) => work(platform, tx, platform.clock.now()));
    });
  if (step === 'bind') return void (await done((platform, tx, now) => bind(stage, platform, tx, now)));
  const bound = await findBound(stage, at);
  if (!bound) return;
  const { applicationId, enterpriseId } = bound;
  await done(async (platform, tx, now) => {
    const application = await applicationById(tx, applicationId, true);
    const members = await listMembers(tx, { enterpriseId, limit: 100 });
    const chosen = members[at % Math.max(members.length, 1)];
    const departmentCode = DEPARTMENTS[at % DEPARTMENTS.length] ?? 'hq';
    if (!application) return;
    switch (step) {
      case 'join':
        await createMember(platform.random, tx, enterpriseId, person(`p${at}`, departmentCode), now);
        return directoryChanged(platform, tx, enterpriseId, 'admin', now);
      case 'move': {
        const known = chosen && (await membersByIds(tx, enterpriseId, [chosen.memberId])).get(chosen.memberId);
        if (known) await changeEnterpriseMember(tx, known, { ...known, departmentCode, enabled: at % 5 > 0 }, now);
        return directoryChanged(platform, tx, enterpriseId, 'admin', now);
      }
      case 'leave':
        if (chosen) await deleteMembers(tx, enterpriseId, [chosen.memberId], now);
        return directoryChanged(platform, tx, enterpriseId, 'admin', now);
      case 'authorise': {
        const instance = await instanceById(tx, application.resourceId, { kind: 'all' });
        const range = RANGES[at % RANGES.length] ?? NOBODY;
        return void (await authorise(platform, tx, { application, range, instance, by: 'admin' }, now));
      }
      case 'again':
        return void (await resync(platform, tx, application, 'admin', now));
      case 'dissolve':
        return void (await dissolveEnterprise(platform, tx, enterpriseId, 'owner', now));
      case 'decide':
        for (const task of await openTasks(tx, [enterpriseId]))
          await decideTask(tx, task, at % 3 === 0 ? 'STOP' : 'CONTINUE', 'OPERATOR', now);
    }
  });
}

/** In the end the seller is well, and everybody who is asked says: continue. What was stopped is asked for once more. */
export async function settlePeople(stage: Stage): Promise<void> {
  const { platform, simulator } = stage.process();
  const enterprises = await sql<{ id: string }>`SELECT DISTINCT enterprise_id AS id FROM people.applications`.execute(
    stage.db,
  );
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    await simulator.drain();
    const open = await openTasks(
      stage.db,
      enterprises.rows.map(({ id }) => id),
    );
    const waiting = open.filter(({ state }) => state === 'WAIT_DECISION');
    if (waiting.length === 0) break;
    for (const task of waiting)
      await inTransaction(platform.db, (tx) => decideTask(tx, task, 'CONTINUE', 'OPERATOR', platform.clock.now()));
  }
  const { rows: stopped } = await sql<{
    id: string;
  }>`SELECT a.enterprise_id AS id FROM people.applications a WHERE a.state = 'BOUND'
    AND 'STOPPED' = (SELECT t.state FROM people.sync_tasks t WHERE t.application_id = a.application_id ORDER BY t.seq DESC LIMIT 1)
    ORDER BY a.created_at, a.application_id`.execute(stage.db);
  for (const { id } of stopped)
    await inTransaction(platform.db, (tx) => directoryChanged(platform, tx, id, 'admin', platform.clock.now()));
  await simulator.drain();
}
const MOST_ROUNDS = 20;

async function bind(stage: Stage, platform: Platform, tx: Tx, now: Date): Promise<void> {
  const { rows } = await sql<{ id: string; goodsId: string; sellerId: string; buyerId: string }>`
    SELECT resource_id AS id, goods_id AS "goodsId", seller_id AS "sellerId", buyer_id AS "buyerId" FROM instances.instances
    WHERE state = 'ACTIVE' AND instance_id IS NOT NULL ORDER BY created_at DESC, resource_id LIMIT 1`.execute(stage.db);
  const [bought] = rows;
  const instance = bought && (await instanceById(tx, bought.id, { kind: 'all' }));
  if (!bought || !instance) return;
  const { goodsId, sellerId, buyerId } = bought;
  const [key] = await accessKeysOfSeller(tx, sellerId);
  const address = `http://${KIT_HOST}`;
  await setCredential(
    platform,
    tx,
    {
      ...{ goodsId, sellerId, keyId: key?.keyId ?? '', protocol: 'kit-v2', address, publicKey: PUBLIC_KEY },
      ...{ loginUrl: `${address}/login`, attributes: ['mobile'], multiInstance: true },
    },
    now,
  );
  const shortName = `e-${bought.id.slice(-30).toLowerCase()}`;
  const facts = { name: shortName, shortName, region: '', industry: '', description: '', buyerId };
  const enterprise = await createEnterprise(platform, tx, facts, now);
  if (!enterprise.ok) return;
  const { enterpriseId } = enterprise.value;
  // whoever is asked reads in the console (N-34)
  const administrator = {
    userId: uuid(platform.random),
    loginName: shortName,
    displayName: shortName,
    role: 'EA' as const,
  };
  await insertUser(tx, { ...administrator, passwordHash: 'none', buyerId, sellerId: null }, now);
  for (const code of DEPARTMENTS) {
    const parentCode = code === 'lab' ? 'hq' : null;
    await createDepartment(tx, enterpriseId, { code, name: code, parentCode }, now);
  }
  for (let place = 0; place < FIRST_MEMBERS; place += 1)
    await createMember(
      platform.random,
      tx,
      enterpriseId,
      person(`first-${place}`, DEPARTMENTS[place % 3] ?? 'hq'),
      now,
    );
  await bindApplication(
    platform,
    tx,
    { enterprise: enterprise.value, instance, attributes: ['mobile'], by: 'owner' },
    now,
  );
}

async function findBound({ db }: Stage, at: number) {
  const { rows } = await sql<{ applicationId: string; enterpriseId: string }>`
    SELECT application_id AS "applicationId", enterprise_id AS "enterpriseId" FROM people.applications
    WHERE state <> 'ENDED' ORDER BY created_at DESC, application_id`.execute(db);
  return rows[at % Math.max(rows.length, 1)];
}

const person = (userName: string, departmentCode: string) => ({
  ...{ userName, name: userName, departmentCode, position: '', employeeCode: '', employeeType: null },
  ...{ mobile: '13800138000', email: '', workPlace: '', entryDate: '', role: 'user' as const, enabled: true },
});

/** Bought, bound, authorised; then people come and go while the seller fails, and somebody decides. */
export function peopleEpisode(dice: Dice) {
  const product = dice.below(1000);
  const bought = { do: 'buy', buyer: 0, product, specification: 1, periodType: 'year', periods: 1 } as const;
  const step = (name: People['step'], at = dice.below(1000)): People => ({ do: 'people', step: name, at });
  const work = (minutes: number) => ({ do: 'work' as const, minutes });
  const turn = () => dice.pick(['join', 'join', 'move', 'leave', 'authorise', 'decide', 'decide', 'again'] as const);
  const turns = Array.from({ length: 6 + dice.below(8) }, () => [
    ...(dice.chance(15) ? [{ do: 'die' as const, use: 1 + dice.below(30) }] : []),
    step(turn()),
    ...(dice.chance(40) ? [work(5)] : []),
  ]);
  return [
    { do: 'seller' as const, seller: product, mood: 'sound' as const },
    { ...bought, quantity: 200, lines: 1, pay: 'once' as const },
    work(60),
    step('bind'),
    work(5),
    step('decide', 1),
    work(5),
    step('authorise', 4 * dice.below(100)),
    work(5),
    ...turns.flat(),
    ...(dice.chance(20) ? [step('dissolve')] : []),
  ];
}

/** 3072 bits; nobody reads what is encrypted with it */
const PUBLIC_KEY = [
  'MIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEAoQJNqlWFFyP4jkSzd4vgCaugntf+7O+HxWirDm3JCIt5btVngnuuMzUVudKaVMQv0xUv',
  'ys5b08ds6W2RbC6e3KGYYmmv3jmUJQ/0o4TjpQOCBJjpw/uz/UcGV0CrkYUTuVIWVI05xwEjMi8DXYyeSdAa8dpWnBN903ni9+aTO4dUksZBq/av',
  '1lq5pJDfSOZ+xa6IIcf8uYxwSMPyHlYUxFT+psyEwS29foDs22XT44qe0wBmWkLoOU0TxQyCanDqQZZ93P1OvGxQ77BmILKLA2LUKMraOxtA00EV',
  '/Khhp8IYmDLOf5NtmOaZxopdtUdjNBi+jnwVsb8JOX3NubHmoRHX9011JRMDLhWW6KrRJtTmrW6l2icb90fPsIHZm7jJtoYgi9KTFzxg6K2VU0+s',
  'Do7C2u6thIP1tUOUwf9jJcoYUsUe3tmq4aAZIvUOMb6czQSqXy6KZeho0QmYI3o7XIkmtLJ4pZVdNL2EYVIPn4gNNoRKYoBuDkDT+ElmUoIBAgMB',
  'AAE=',
].join('');
