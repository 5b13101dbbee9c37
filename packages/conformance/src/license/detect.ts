/**
 * Which dialects a server speaks. Each is tried with its plainest call, and compared with the same call for an activity that does
 * not exist: a server that does not know a dialect answers both alike, one that speaks it wrongly does not.
 */
import { type Diagnosis, diagnose, type LicenseDialect, type Words } from '@jishi/protocol';
import type { Session } from '../case.ts';
import { asWarning } from '../finding.ts';
import { askByGet } from './calls.ts';
import { fingerprint } from './fingerprint.ts';
import { nothingSpoken, oddities } from './nothing-spoken.ts';
import { callBare, isTreatedApart, type Probe, type Probes, probeGet, probePost } from './probe.ts';
import { mistakeByGet, refusedPost, takenWithMistake } from './refusals.ts';
import {
  type AnyReply,
  hasBodySign,
  inShort,
  isCalledForged,
  isTakenForForged,
  isVerified,
  isWellFormed,
} from './reply.ts';

export interface Detection {
  readonly spoken: ReadonlySet<LicenseDialect>;
  /** why a dialect that is not spoken is left out */
  readonly reasons: Readonly<Record<LicenseDialect, Words>>;
  /** why rightly signed calls of a spoken dialect are refused, where that has been found out already */
  readonly refusals: ReadonlyMap<LicenseDialect, Diagnosis>;
  /** errors where nothing can be checked; else what is odd about the dialects that are left out */
  readonly findings: readonly Diagnosis[];
}

export async function detect(session: Session): Promise<Detection> {
  const [identification, code, provisioning] = await Promise.all([
    probeGet(session),
    probePost(session, 'code'),
    probePost(session, 'provisioning'),
  ]);
  const probes = { identification, code, provisioning };
  if (await isGetTakenByPost(session, probes)) {
    return {
      spoken: new Set(),
      reasons: reasonsOf(probes),
      refusals: new Map(),
      findings: [onlyByPost(identification)],
    };
  }
  const posted = spokenByPost(probes);
  const got = await spokenByGet(session, probes, posted.length > 0);
  const isDoubtful = posted.length === 0 && mayBeRefusal(code.valid, got !== 'no');
  const mistaken = isDoubtful ? await takenWithMistake(session, refusedPosts(probes)) : new Map<never, Diagnosis>();
  const refusals = new Map<LicenseDialect, Diagnosis>([
    ...mistaken,
    ...(typeof got === 'string' ? [] : [['identification', got] as const]),
  ]);
  const spoken = new Set<LicenseDialect>([...(got === 'no' ? [] : ONLY_GET), ...posted, ...mistaken.keys()]);
  const reasons = reasonsOf(probes);
  if (isDoubtful && mistaken.size === 0 && isCalledForged(code.valid)) {
    const refused = refusedPost(code.valid);
    // Beside online 1.0 it may be the way in which strangers are told off.
    const findings = [got === 'no' ? refused : { ...asWarning(refused), fix: IF_NEEDED }];
    return { spoken, reasons: { ...reasons, code: REFUSED, provisioning: REFUSED }, refusals, findings };
  }
  const findings = spoken.size === 0 ? nothingSpoken(session, probes) : oddities(probes, spoken);
  return { spoken, reasons, refusals, findings };
}

const ONLY_GET: readonly LicenseDialect[] = ['identification'];

function refusedPosts({ code, provisioning }: Probes) {
  return [
    ['code', { members: code.members, reply: code.valid }],
    ['provisioning', { members: provisioning.members, reply: provisioning.valid }],
  ] as const;
}

/** Online 1.0 mapped to the wrong method: its answers to POST are signed in its manner. */
async function isGetTakenByPost(session: Session, { identification, code }: Probes): Promise<boolean> {
  if (identification.valid.status !== 405 || !hasBodySign(code.valid)) return false;
  const { members } = identification;
  return isVerified(await askByGet(session, 'getLicense', members, 'getLicense by POST', { method: 'POST' }));
}

function onlyByPost({ valid }: Probe): Diagnosis {
  return { ...diagnose('http.status', { seen: `${inShort(valid)} to GET, 200 to POST` }), fix: USE_GET };
}

const USE_GET: Words = {
  zh: '在线 License 1.0 的接口以 GET 调用，参数在查询串中：请为该路径开放 GET。',
  en: 'Online License 1.0 comes by GET with its parameters in the query: map GET for this path.',
};

/** Treated apart, or carried out completely. */
function spokenByPost({ code, provisioning }: Probes): readonly LicenseDialect[] {
  const speaksProvisioning = isTreatedApart(provisioning) || provisioning.valid.content.outcome === 'ok';
  // What an unknown activity gets as well, a plain yes or “no such code”, speaks for codes where nothing speaks for something else.
  const isAboutCode = code.valid.content.outcome === 'ok' || code.valid.content.resultCode === '000003';
  const speaksCode = isTreatedApart(code) || (isAboutCode && !speaksProvisioning);
  return [...(speaksCode ? (['code'] as const) : []), ...(speaksProvisioning ? (['provisioning'] as const) : [])];
}

/** A finding: it is spoken, but refuses every rightly signed call. */
async function spokenByGet(
  session: Session,
  { identification, code, provisioning }: Probes,
  speaksPost: boolean,
): Promise<'yes' | 'no' | Diagnosis> {
  const { members, valid } = identification;
  if (isTreatedApart(identification) || valid.content.outcome === 'ok') return 'yes';
  // Waiting for GET once is enough.
  if (valid.status === null) return 'no';
  if (!isTakenForForged(valid)) {
    return !isWellFormed(valid) && isInterface(valid, await callBare(session)) ? 'yes' : 'no';
  }
  // Servers that know POST only turn every GET away, too, but do not sign that in the manner of V1.0.
  const signsAll = hasBodySign(code.valid) || hasBodySign(provisioning.valid);
  if (hasBodySign(valid) && !(speaksPost && signsAll)) return 'yes';
  return speaksPost ? 'no' : ((await mistakeByGet(session, { members, reply: valid })) ?? 'no');
}

/** What crashes over signed calls and refuses the bare address is an interface, not a page. */
function isInterface(valid: AnyReply, bare: AnyReply): boolean {
  return isWellFormed(bare) && fingerprint(valid) !== fingerprint(bare);
}

/** Not where a server of online 1.0 takes any method: it signs its answers. */
function mayBeRefusal(valid: AnyReply, speaksGet: boolean): boolean {
  const { resultCode } = valid.content;
  const isRefusal = isTakenForForged(valid) || resultCode === '000002' || resultCode === '000005';
  return isRefusal && !(speaksGet && hasBodySign(valid));
}

function reasonsOf({ identification, code, provisioning }: Probes): Readonly<Record<LicenseDialect, Words>> {
  return {
    identification: notSpoken(identification, ['online License 1.0 (getLicense)', '在线 License 1.0（getLicense）']),
    code: notSpoken(code, ['authorisation codes 2.0 (refreshLicenseCode)', '授权码 License 2.0（refreshLicenseCode）']),
    provisioning: notSpoken(provisioning, [
      'online provisioning (getLicenseAsync)',
      '在线开通 License（getLicenseAsync）',
    ]),
  };
}

function notSpoken({ valid }: Probe, [en, zh]: readonly [en: string, zh: string]): Words {
  const { activity } = valid;
  const said = inShort(valid);
  return {
    en: `The server does not speak ${en}: ${activity} was answered “${said}”, as an activity that does not exist. To check it all the same, name a case`,
    zh: `该服务不支持${zh}：${activity} 得到的响应（${said}）与不存在的 activity 相同。如仍需检查，请用 --case 指定用例`,
  };
}

const REFUSED: Words = {
  en: 'Every rightly signed POST is refused, see dialects.found',
  zh: '签名正确的 POST 请求都被拒绝，见 dialects.found',
};

const IF_NEEDED: Words = {
  en: 'If the server is to take POSTed calls (authorisation codes or online provisioning), put the check of their signature right; a server of online 1.0 alone better answers POST with HTTP 405.',
  zh: '如果该服务要支持以 POST 调用的接口（授权码或在线开通），请修正其验签；只支持在线 1.0 的服务，建议对 POST 返回 HTTP 405。',
};
