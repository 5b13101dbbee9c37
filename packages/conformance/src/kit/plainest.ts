/** The first call of a run: when it fails, everything else would only repeat why. */
import {
  type Diagnosis,
  formatUtc17,
  type JsonInputObject,
  KIT_FLAGS,
  KIT_PATHS,
  type KitInterface,
  kitTime,
  type Words,
} from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';
import { caseOf } from '../saas-v2/case-of.ts';
import { OTHER_KEY } from '../saas-v2/causes.ts';
import { inShort, isReadable, isVerified } from '../saas-v2/reply.ts';
import { askKit } from './call.ts';
import { kitRefused } from './causes.ts';
import { explainRefusal, findCause, type KitCall } from './explain-refusal.ts';
import type { KitMemory } from './memory.ts';
import { findings, type KitReply } from './reply.ts';
import { tenantBody } from './scene.ts';

/** What comes after the plainest call alone. */
export const PLAIN = ['signature.accepted'];

export function signatureAccepted(memory: KitMemory): ConformanceCase {
  return caseOf(
    'signature.accepted',
    ['A correctly signed tenantSync is accepted', '接受签名正确的 tenantSync'],
    '3.2',
    (session) => plainest(session, memory),
  );
}

/** Says only what would spoil every other case, too: what is wrong with one answer is the business of its own case. */
async function plainest(session: Session, memory: KitMemory): Promise<readonly Diagnosis[]> {
  const { scene, reply, unknownInstance } = await memory.begun(session);
  if (isVerified(unknownInstance ?? reply)) return [];
  const body = tenantBody(session, scene, KIT_FLAGS.add);
  const call: KitCall = { kit: 'tenantSync', body, label: 'tenantSync, the plainest call' };
  const { resultCode } = reply.content;
  if (resultCode === '000001') return [await explainRefusal(session, call, reply, OTHER_KEY)];
  if (reply.status === 415) return otherMediaType(session, call, findings(memory, reply));
  if (reply.status === 404 || reply.status === 405) return elsewhere(session, call, reply, findings(memory, reply));
  if (!isTurnedAway(reply)) return isReadable(reply) ? [] : findings(memory, reply);
  const written = await otherTypes(session, call);
  if (written !== null) return findings(memory, reply).map((each) => misread(each, written));
  const found = await findCause(session, call, reply);
  const others = findings(memory, reply);
  if (found === null) return others;
  const refused = kitRefused(found, `${call.label}: ${inShort(reply)}`);
  return [refused, ...others.filter(({ code }) => code !== 'result.refused' && code !== 'http.status')];
}

/** Turned away by the checks at the door, in the ways that sellers do it: 000002 and the like, or 401 and 403. */
function isTurnedAway(reply: KitReply): boolean {
  const { resultCode } = reply.content;
  if (resultCode === null) return reply.status === 401 || reply.status === 403 || reply.status === 400;
  return resultCode === '000002' || !isReadable(reply);
}

/** How sellers misread a body, each as the body that they would take. */
interface OtherType {
  readonly what: Words;
  readonly more: JsonInputObject;
}

function typesOf(session: Session): readonly OtherType[] {
  const now = new Date(session.now());
  return [...OTHER_TYPES, timeAs(formatUtc17(now), UTC_ASKED), timeAs(kitTime(now).slice(0, 14), SHORT_ASKED)];
}

function timeAs(timeStamp: string, what: Words): OtherType {
  return { what, more: { timeStamp } };
}

const UTC_ASKED = {
  zh: '把 timeStamp 当作 UTC 比较，而它是 UTC+8',
  en: 'timeStamp is compared as UTC, but it is UTC+8',
};
const SHORT_ASKED = {
  zh: 'timeStamp 只接受 14 位，而它有 17 位',
  en: 'timeStamp is accepted with 14 digits only, but it has 17',
};

const OTHER_TYPES: readonly OtherType[] = [
  {
    what: { zh: '只接受字符串形式的 testFlag', en: 'testFlag is accepted as text only' },
    more: { testFlag: '1' },
  },
  { what: { zh: '只接受字符串形式的 flag', en: 'flag is accepted as text only' }, more: { flag: '1' } },
  {
    what: { zh: '只接受字符串形式的 flag 和 testFlag', en: 'flag and testFlag are accepted as text only' },
    more: { flag: '1', testFlag: '1' },
  },
  {
    what: {
      zh: '要求报文带有 activity，而套件接口没有该成员',
      en: 'a member activity is asked for, which the kit does not have',
    },
    more: { activity: 'tenantSync' },
  },
];

async function otherTypes(session: Session, call: KitCall): Promise<Words | null> {
  for (const { what, more } of typesOf(session)) {
    const label = `${call.kit}, to find the cause: ${what.en}`;
    const again = await askKit(session, call.kit, { ...call.body, ...more }, label);
    if (isVerified(again)) return what;
  }
  return null;
}

function misread(found: Diagnosis, { zh, en }: Words): Diagnosis {
  if (found.code !== 'result.refused') return found;
  const fix = {
    zh: `flag 和 testFlag 是整数（例如 1，不带引号），请按整数读取；接口由路径区分，报文没有 activity；timeStamp 为 UTC+8 的 yyyyMMddHHmmssSSS。本次发现：${zh}。`,
    en: `Read flag and testFlag as integers, 1 without quotes; the interface is told by the path, the body has no activity; timeStamp is yyyyMMddHHmmssSSS in UTC+8. Here: ${en}.`,
  };
  return { ...found, expected: '000000 for the body as the tables have it', fix, reference: 'saas-v2.md 7' };
}

/** Whether it is the charset that is missed. */
async function otherMediaType(
  session: Session,
  call: KitCall,
  found: readonly Diagnosis[],
): Promise<readonly Diagnosis[]> {
  const contentType = 'application/json;charset=UTF-8';
  const label = `${call.kit}, to find the cause: ${contentType}`;
  const again = await askKit(session, call.kit, call.body, label, { contentType });
  if (!isReadable(again)) return found;
  const fix = {
    zh: `套件请求的 Content-Type 是 application/json，不带 charset；只有 ${contentType} 被接受，请比较媒体类型即可。`,
    en: `Kit calls come with Content-Type application/json, without a charset; only ${contentType} is accepted. Compare the media type alone.`,
  };
  return found.map((each) => (each.code === 'http.status' ? { ...each, fix, reference: 'saas-v2.md 2' } : each));
}

/** Where the interfaces may have been put by mistake; the one that answers is named. */
async function elsewhere(
  session: Session,
  call: KitCall,
  reply: KitReply,
  found: readonly Diagnosis[],
): Promise<readonly Diagnosis[]> {
  for (const path of otherPaths(call.kit)) {
    const label = `${call.kit}, to find the cause: path ${path || '/'}`;
    const again = await askKit(session, call.kit, call.body, label, { path });
    if (!isReadable(again)) continue;
    const fix = {
      zh: `接口在 ${path || '/'} 上有响应；平台会在生产地址之后拼接固定路径 ${KIT_PATHS[call.kit]}，请把接口放到该路径。`,
      en: `The interface answers at ${path || '/'}; the platform appends the fixed path ${KIT_PATHS[call.kit]} to the production address: serve it there.`,
    };
    const seen = `${inShort(reply)} at ${KIT_PATHS[call.kit]}; ${inShort(again)} at ${path || '/'}`;
    return found.map((each) =>
      each.code === 'http.status' ? { ...each, seen, fix, reference: 'saas-v2.md 7' } : each,
    );
  }
  return found;
}

function otherPaths(kit: KitInterface): readonly string[] {
  return [`/produceAPI/${kit}`, `/v2/${kit}`, `/${kit}`, `${KIT_PATHS[kit]}/`, KIT_PATHS[kit].toLowerCase(), ''];
}
