/** applicationSync: whether the client secret is understood (saas-v2.md 7.2, 4.4, Q4). */
import { type Diagnosis, diagnose, KIT_FLAGS, KIT_PADDINGS, type KitPadding, type Words } from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { caseOf } from '../saas-v2/case-of.ts';
import { isDone } from '../saas-v2/reply.ts';
import { askKit } from './call.ts';
import { explainRefusal } from './explain-refusal.ts';
import type { KitMemory } from './memory.ts';
import { findings, isRefused, type KitReply } from './reply.ts';
import { applicationBody, type KitFlag, type Scene } from './scene.ts';
import { encrypted, otherForms, plainSecret, type SecretKey, secretKeyOf, secretRefused } from './secret.ts';

export function applicationAnswer(memory: KitMemory): ConformanceCase {
  return caseOf(
    'applicationSync.answer',
    ['applicationSync takes the client secret', 'applicationSync 能接收 clientSecret'],
    '7.2',
    (session) => answer(session, memory),
    { after: ['tenantSync.answer'] },
  );
}

export function paddingsCase(memory: KitMemory): ConformanceCase {
  return caseOf(
    'applicationSync.paddings',
    ['The client secret is decrypted with each OAEP padding', '能解密各种 OAEP 填充的 clientSecret'],
    '4.4',
    (session) => paddings(session, memory),
    { after: ['applicationSync.add-repeat'], reading: true },
  );
}

async function answer(session: Session, memory: KitMemory): Promise<readonly Diagnosis[]> {
  const key = secretKeyOf(session);
  if (!key.ok) return key.diagnosis;
  const { scene } = await memory.begun(session);
  const secret = encrypted(session, key.key, KIT_PADDINGS[0]);
  const reply = await add(session, scene, secret, `secret under ${KIT_PADDINGS[0]}`);
  if (isDone(reply)) return findings(memory, reply);
  if (reply.content.resultCode === '000001') {
    const body = applicationBody(session, scene, KIT_FLAGS.add, secret);
    return [await explainRefusal(session, { kit: 'applicationSync', body, label: 'applicationSync' }, reply)];
  }
  if (!isRefused(reply)) return findings(memory, reply);
  return (await whySecretRefused(session, memory, scene, key, reply)) ?? findings(memory, reply);
}

/** Null when the refusal is not about the secret. */
async function whySecretRefused(
  session: Session,
  memory: KitMemory,
  scene: Scene,
  { key, isThrowAway }: Extract<SecretKey, { ok: true }>,
  reply: KitReply,
): Promise<readonly Diagnosis[] | null> {
  if (isThrowAway) return (await isAboutSecret(session, scene, reply)) ? [secretRefused(session, reply)] : null;
  for (const padding of KIT_PADDINGS.slice(1)) {
    const again = await add(session, scene, encrypted(session, key, padding), `secret under ${padding}`);
    if (!isDone(again)) continue;
    memory.padding = padding;
    return [fewPaddings([padding])];
  }
  for (const { what, value } of otherForms(session, key)) {
    const again = await add(session, scene, value, `to find the cause: ${what.en}`);
    if (isDone(again)) return [secretRefused(session, reply, what)];
  }
  return (await isAboutSecret(session, scene, reply)) ? [secretRefused(session, reply)] : null;
}

/** By its code; else because a delete, which needs no secret, is carried out. */
async function isAboutSecret(session: Session, scene: Scene, reply: KitReply): Promise<boolean> {
  if (reply.content.resultCode === '000101') return true;
  const secret = plainSecret(session, KIT_PADDINGS[0]);
  const label = 'applicationSync, to find the cause: delete, which needs no secret';
  const body = applicationBody(session, scene, KIT_FLAGS.delete, secret);
  return isDone(await askKit(session, 'applicationSync', body, label));
}

async function paddings(session: Session, memory: KitMemory): Promise<readonly Diagnosis[]> {
  const key = secretKeyOf(session);
  if (!key.ok) return key.diagnosis;
  if (key.isThrowAway) throw new Skip(NEEDS_KEY);
  const { scene } = await memory.begun(session);
  const replies = await Promise.all(
    KIT_PADDINGS.map(async (padding) => ({
      padding,
      reply: await add(session, scene, encrypted(session, key.key, padding), `secret under ${padding}`),
    })),
  );
  const accepted = replies.filter(({ reply }) => isDone(reply)).map(({ padding }) => padding);
  if (accepted.length === 0) return replies.flatMap(({ reply }) => findings(memory, reply)).slice(0, 1);
  return accepted.length === KIT_PADDINGS.length ? [] : [fewPaddings(accepted)];
}

/** No page says which hashes are meant: to know one of the three is no fault, only a risk. */
function fewPaddings(accepted: readonly KitPadding[]): Diagnosis {
  const known = accepted.join(', ');
  const others = KIT_PADDINGS.filter((padding) => !accepted.includes(padding)).join(', ');
  const cause = `only ${known} is accepted, not ${others}`;
  const causeZh = `仅支持 ${known}，不支持 ${others}`;
  const found = diagnose('kit.secret', {
    padding: KIT_PADDINGS.join(' | '),
    cause,
    causeZh,
    seen: `accepted: ${known}`,
  });
  return { ...found, severity: 'warning' };
}

async function add(session: Session, scene: Scene, secret: string, label: string): Promise<KitReply> {
  const flag: KitFlag = KIT_FLAGS.add;
  return askKit(session, 'applicationSync', applicationBody(session, scene, flag, secret), `applicationSync, ${label}`);
}

const NEEDS_KEY: Words = {
  zh: '没有提供公钥（--public-key），无法检查解密',
  en: 'Without the public key (--public-key) decryption can not be checked',
};
