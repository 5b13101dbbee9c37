/** A file is checked row by row and taken over as a whole or not at all; what changed meanwhile is seen (E-16). */
import { describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../../../tests/support/database.ts';
import { granted } from '../../../../../../tests/support/resources.ts';
import { inTransaction, type Tx } from '../../../platform/database/database.ts';
import { keepFile } from '../../../platform/files/index.ts';
import {
  beginImport,
  countsOf,
  createEnterprise,
  createMember,
  decideImport,
  type Enterprise,
  importById,
  importRows,
} from '../index.ts';

const world = fileWorld();
const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(world().platform.db, work);
const now = () => world().clock.now();
let names = 0;

async function newEnterprise(): Promise<Enterprise> {
  const { platform, demo } = world();
  names += 1;
  const facts = { name: 'Acme', shortName: `acme-${names}`, region: '', industry: '', description: '' };
  return run((tx) => createEnterprise(platform, tx, { ...facts, buyerId: demo.buyerId }, now()).then(granted));
}
async function send(enterprise: Enterprise, text: string, name = 'people.csv') {
  const { platform, demo } = world();
  const owner = { kind: 'buyer', id: demo.buyerId } as const;
  const content = (async function* () {
    yield Buffer.from(text);
  })();
  const { fileId } = granted(
    await keepFile(platform, { owner, keptBy: 'admin', purpose: 'MEMBERS', name, content }, now()),
  );
  const importId = granted(
    await run((tx) => beginImport(platform, tx, { enterprise, fileId, owner, userId: 'admin', scope: null }, now())),
  );
  await world().simulator.drain();
  return importId;
}
async function jobOf({ enterpriseId }: Enterprise, importId: string) {
  const job = await importById(world().platform.db, enterpriseId, importId);
  if (!job) throw new Error('the import is gone');
  return job;
}
const decide = async (enterprise: Enterprise, importId: string, decision: 'APPLY' | 'APPLY_VALID' | 'DISCARD') => {
  const job = await jobOf(enterprise, importId);
  const decided = await run((tx) => decideImport(tx, job, decision, now()));
  await world().simulator.drain();
  return decided;
};
const counts = ({ enterpriseId }: Enterprise) => countsOf(world().platform.db, enterpriseId);

const HEAD = '部门编码,部门名称,上级部门编码,账号,姓名\n';
const crowd = (count: number) =>
  Array.from({ length: count }, (_, place) => `rd,,,user-${place},Name ${place}\n`).join('');

describe('an import', () => {
  it('of five thousand rows: previewed, then taken as a whole', async () => {
    const enterprise = await newEnterprise();
    const importId = await send(enterprise, `${HEAD}rd,研发,,,\nqa,测试,rd,,\n${crowd(5_000)}`);
    expect(await jobOf(enterprise, importId)).toMatchObject({
      state: 'CHECKED',
      rowsTotal: 5_002,
      rowsFaulty: 0,
      members: 5_000,
      departments: 2,
    });
    expect(await counts(enterprise)).toEqual({ departments: 0, members: 0 });
    granted(await decide(enterprise, importId, 'APPLY'));
    expect(await jobOf(enterprise, importId)).toMatchObject({ state: 'DONE' });
    expect(await counts(enterprise)).toEqual({ departments: 2, members: 5_000 });
  });

  it('with faulty rows: nothing is taken but the others, when that is wanted', async () => {
    const enterprise = await newEnterprise();
    const importId = await send(enterprise, `${HEAD}rd,R,,,\nrd,,,ann,Ann\nnowhere,,,bob,Bob\nrd,,,ANN,Ann again\n`);
    const faulty = await importRows(world().platform.db, importId, { faultyOnly: true, after: 0, limit: 10 });
    expect(faulty.map(({ row, faults }) => [row, faults])).toEqual([
      [4, [{ column: 'departmentCode', code: 'UNKNOWN_DEPARTMENT' }]],
      [5, [{ column: 'userName', code: 'TWICE' }]],
    ]);
    expect(await decide(enterprise, importId, 'APPLY')).toMatchObject({ refusal: { code: 'IMPORT_FAULTY' } });
    expect(await counts(enterprise)).toEqual({ departments: 0, members: 0 });
    granted(await decide(enterprise, importId, 'APPLY_VALID'));
    expect(await counts(enterprise)).toEqual({ departments: 1, members: 1 });
  });

  it('meets a directory that changed since the check: nothing is taken, the new fault is shown', async () => {
    const enterprise = await newEnterprise();
    granted(await decide(enterprise, await send(enterprise, `${HEAD}rd,R,,,\n`), 'APPLY'));
    const importId = await send(enterprise, `${HEAD}rd,,,ann,Ann\nrd,,,bob,Bob\n`);
    const facts = {
      userName: 'Bob',
      name: 'Bob',
      departmentCode: 'rd',
      position: '',
      employeeCode: '',
      employeeType: null,
      mobile: '',
      email: '',
      workPlace: '',
      entryDate: '',
      role: 'user',
      enabled: true,
    } as const;
    await run((tx) => createMember(world().platform.random, tx, enterprise.enterpriseId, facts, now()).then(granted));
    granted(await decide(enterprise, importId, 'APPLY'));
    expect(await jobOf(enterprise, importId)).toMatchObject({ state: 'CHECKED', error: 'CHANGED', rowsFaulty: 1 });
    expect(await counts(enterprise)).toEqual({ departments: 1, members: 1 });
  });

  it('of something else says so; 100 MB are refused before they are read', async () => {
    const enterprise = await newEnterprise();
    const importId = await send(enterprise, 'a,b\n1,2\n');
    expect(await jobOf(enterprise, importId)).toMatchObject({ state: 'FAILED', error: 'NO_COLUMNS' });
    const { platform, demo } = world();
    let read = false;
    const content = (async function* () {
      read = true;
      yield Buffer.from('x');
    })();
    const huge = {
      owner: { kind: 'buyer', id: demo.buyerId } as const,
      keptBy: 'admin',
      purpose: 'MEMBERS' as const,
      name: 'x.csv',
      content,
    };
    expect(await keepFile(platform, { ...huge, bytes: 104_857_600 }, now())).toMatchObject({
      refusal: { code: 'FILE_TOO_LARGE' },
    });
    expect(read).toBe(false);
  });
});
