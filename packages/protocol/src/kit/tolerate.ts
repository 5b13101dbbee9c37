import { type Diagnosis, type DiagnosisCode, diagnose } from '../diagnosis/diagnosis.ts';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../json.ts';
import { excerpt } from '../saas-v2/excerpt.ts';
import type { KitInterface } from './paths.ts';

/**
 * Forms that a seller takes although the tables of V2.0 have others: those of V1.0 (`saas-v1.md` 6.4, 6.6) and of printed examples
 * (`saas-v2.md` 7.3, 7.5). The body comes out in V2.0's form, with a warning for each change.
 */
export interface Tolerated {
  readonly object: JsonObject;
  readonly diagnosis: readonly Diagnosis[];
}

export function tolerate(kit: KitInterface, body: JsonObject): Tolerated {
  const noted: Diagnosis[] = [];
  const note: Note = (code, member, seen, expected) =>
    noted.push({ ...diagnose(code, { member, seen, expected }), severity: 'warning' });
  const object: JsonObject = {
    ...body,
    ...emptyIds(kit, body),
    ...integers(body, ['flag', 'testFlag'], '', note),
    ...(kit === 'authSync' ? { userList: users(body, note) } : {}),
    ...(kit === 'allOrgSync' ? { orgInfoList: departments(body, note) } : {}),
  };
  return { object, diagnosis: noted };
}

type Note = (code: DiagnosisCode, member: string, seen: string, expected: string) => void;

/** Ids that are empty for a credential may as well be missing: a sender's serialiser drops what is empty. */
function emptyIds(kit: KitInterface, body: JsonObject): JsonObject {
  const names = kit === 'tenantSync' ? ['instanceId', 'orderId'] : ['instanceId'];
  return Object.fromEntries(names.map((name) => [name, body[name] ?? '']));
}

function integers(object: JsonObject, names: readonly string[], path: string, note: Note): JsonObject {
  const changed = names.flatMap((name): [string, Json][] => {
    const value = object[name];
    if (typeof value !== 'string' || !/^\d{1,2}$/.test(value)) return [];
    note('body.member-type', `${path}${name}`, excerpt(value), 'an integer');
    return [[name, Number(value)]];
  });
  return Object.fromEntries(changed);
}

function users(body: JsonObject, note: Note): Json {
  const list = listOf(body.userList ?? null, 'userList', note);
  if (!Array.isArray(list)) return list;
  return list.map((each, index) => (isJsonObject(each) ? user(each, `userList[${index}].`, note) : each));
}

const EXTENSION_MEMBERS = ['entryDate', 'employeeType', 'workPlace'];

function user(given: JsonObject, path: string, note: Note): JsonObject {
  const { extension } = given;
  const nested = isJsonObject(extension) ? extension : {};
  const moved = EXTENSION_MEMBERS.filter((name) => isAbsent(given[name]) && !isAbsent(nested[name]));
  const lifted: JsonObject = { ...given, ...Object.fromEntries(moved.map((name) => [name, nested[name] ?? null])) };
  for (const name of moved) note('body.member-missing', `${path}${name}`, 'inside extension', 'a member of the user');
  const further = Object.entries(nested).filter(([name]) => !EXTENSION_MEMBERS.includes(name));
  return {
    ...lifted,
    ...integers(lifted, ['employeeType'], path, note),
    ...enabled(lifted, path, note),
    extension: further.length === 0 ? null : Object.fromEntries(further),
  };
}

function enabled({ enable }: JsonObject, path: string, note: Note): JsonObject {
  if (typeof enable !== 'boolean') return {};
  note('body.member-type', `${path}enable`, String(enable), '"true" | "false"');
  return { enable: String(enable) };
}

function departments(body: JsonObject, note: Note): Json {
  const isOld = isAbsent(body.orgInfoList) && !isAbsent(body.orgInfo);
  if (isOld) note('body.member-missing', 'orgInfoList', 'orgInfo', 'orgInfoList');
  const list = listOf((isOld ? body.orgInfo : body.orgInfoList) ?? null, 'orgInfoList', note);
  if (!Array.isArray(list)) return list;
  return list.map((each, index) => (isJsonObject(each) ? department(each, `orgInfoList[${index}].`, note) : each));
}

/** V1.0 calls it `name`; one example prints `OrgName`. */
function department(given: JsonObject, path: string, note: Note): JsonObject {
  const other = ['OrgName', 'name'].find((name) => !isAbsent(given[name]));
  if (!isAbsent(given.orgName) || other === undefined) return given;
  note('body.member-missing', `${path}orgName`, other, 'orgName');
  return { ...given, orgName: given[other] ?? null };
}

function listOf(value: Json, member: string, note: Note): Json {
  const parsed = typeof value === 'string' ? parseJson(value) : null;
  if (!parsed?.ok || !Array.isArray(parsed.value)) return value;
  note('body.member-type', member, 'a JSON string that holds a list', 'a list');
  return parsed.value;
}

function isAbsent(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '';
}
