/** Users: members of an enterprise, kept by its identity provider. */
import { createHash } from 'node:crypto';
import {
  allDepartments,
  changeEnterpriseMember,
  countMembers,
  createDepartment,
  createMember,
  deleteMembers,
  type EnterpriseMember,
  listMembers,
  membersByIds,
} from '../../directory/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Result } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import { filterOf } from './filter.ts';
import { ENTERPRISE, factsOf, patched, readUser, ScimError, userOf } from './wire.ts';

export interface Asked {
  readonly enterpriseId: string;
  /** of the addresses in answers */
  readonly base: string;
  readonly now: Date;
}
export interface Listing {
  readonly filter: string | undefined;
  /** from 1 */
  readonly startIndex: number;
  readonly count: number;
}
export interface Found<T> {
  readonly total: number;
  readonly resources: readonly T[];
}
const PAGE = 1_000;

/** Page by page; a filter that asks for one name reads no more than that name. */
export async function listUsers(
  executor: Executor,
  { enterpriseId, base }: Asked,
  { filter, startIndex, count }: Listing,
) {
  const matches = filter === undefined ? null : filterOf(filter, 'User');
  const names = await departmentNames(executor, enterpriseId);
  const wanted = /^\s*userName\s+eq\s+"([^"\\]+)"\s*$/i.exec(filter ?? '')?.[1];
  const resources: ReturnType<typeof userOf>[] = [];
  let [after, place, more]: [string | undefined, number, boolean] = [undefined, 0, true];
  while (more) {
    const rows: EnterpriseMember[] = await listMembers(executor, { enterpriseId, words: wanted, after, limit: PAGE });
    for (const row of rows) {
      const user = userOf(row, names.get(row.departmentCode) ?? row.departmentCode, base);
      if (matches !== null && !matches(user)) continue;
      place += 1;
      if (place >= startIndex && resources.length < count) resources.push(user);
    }
    after = rows.at(-1)?.userName.toLowerCase();
    // without a filter the total is counted, not read
    more = rows.length === PAGE && (matches !== null || resources.length < count);
  }
  const total = matches === null ? await countMembers(executor, { enterpriseId }) : place;
  return { total, resources };
}

export async function userById(executor: Executor, asked: Asked, id: string) {
  const member = await memberFor(executor, asked, id);
  const names = await departmentNames(executor, asked.enterpriseId);
  return userOf(member, names.get(member.departmentCode) ?? member.departmentCode, asked.base);
}

export async function createUser(platform: Platform, tx: Tx, asked: Asked, body: unknown) {
  const user = readUser(body);
  const code = await departmentFor(tx, asked, user[ENTERPRISE]?.department ?? '');
  const facts = factsOf(user, code, null);
  const created = await createMember(
    platform.random,
    tx,
    asked.enterpriseId,
    facts,
    asked.now,
    user.externalId ?? null,
  );
  return userById(tx, asked, granted(created));
}

export async function replaceUser(tx: Tx, asked: Asked, id: string, body: unknown) {
  const member = await memberFor(tx, asked, id);
  const user = readUser(body);
  const code = await departmentFor(tx, asked, user[ENTERPRISE]?.department ?? '');
  granted(await changeEnterpriseMember(tx, member, factsOf(user, code, member), asked.now, user.externalId ?? null));
  return userById(tx, asked, id);
}

export async function patchUser(tx: Tx, asked: Asked, id: string, body: unknown) {
  return replaceUser(tx, asked, id, await patched('User', await userById(tx, asked, id), body));
}

export async function removeUser(tx: Tx, asked: Asked, id: string): Promise<void> {
  await memberFor(tx, asked, id);
  await deleteMembers(tx, asked.enterpriseId, [id], asked.now);
}

async function memberFor(executor: Executor, { enterpriseId }: Asked, id: string): Promise<EnterpriseMember> {
  const member = isUuid(id) ? (await membersByIds(executor, enterpriseId, [id])).get(id) : undefined;
  if (!member || member.deletedAt !== null) throw new ScimError(404, `there is no user ${id}`);
  return member;
}

async function departmentNames(executor: Executor, enterpriseId: string): Promise<Map<string, string>> {
  return new Map((await allDepartments(executor, enterpriseId)).map(({ code, name }) => [code, name]));
}

const UNNAMED = 'Members';

/** Providers send a department as a text: one that has this code or name, or a new one at the top. */
async function departmentFor(tx: Tx, { enterpriseId, now }: Asked, text: string): Promise<string> {
  const name = text.trim() === '' ? UNNAMED : text.trim();
  const known = await allDepartments(tx, enterpriseId);
  const found = known.find((each) => each.code === name) ?? known.find((each) => each.name === name);
  if (found) return found.code;
  const code = `d-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
  granted(await createDepartment(tx, enterpriseId, { code, name, parentCode: null }, now));
  return code;
}

/** Rules of the directory in the words of RFC 7644: what exists already is 409 uniqueness, the rest a wrong value. */
export function granted<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { code, message } = result.refusal;
  throw code === 'USER_NAME_TAKEN' || code === 'GROUP_NAME_TAKEN'
    ? new ScimError(409, message, 'uniqueness')
    : new ScimError(400, message, 'invalidValue');
}
