/** What a captured message shows, found by what reads such messages in earnest: the command line, or the marketplace. */
import {
  type Diagnosis,
  diagnose,
  dialectOf,
  type HttpAnswerV1,
  isActivityV1,
  isBaseActivity,
  isDiagnosisCode,
  KIT_INTERFACES,
  type KitInterface,
  type LicenseActivity,
  readAnswer,
  readAnswerV1,
  readKitAnswer,
  readLicenseAnswer,
  verifyAkSk,
  verifyAuthToken,
  verifyBase,
  verifyKit,
  verifyKitTokenV1,
} from '@jishi/protocol';
import {
  type HttpMessage,
  headersByName,
  parseHttpMessage,
  queryParameters,
} from '../packages/cli/src/protocol-commands/http-message.ts';
import { runCommand } from '../packages/cli/src/protocol-commands/test-program.ts';
import type { Capture, Reading } from './docs-captured.ts';

/** The findings in one message; a conduct shows only over several and has none here. */
export async function findingsOf({ code, how, messages }: Capture): Promise<readonly Diagnosis[]> {
  if (how.kind === 'verify') return JSON.parse((await runCommand([...how.commandLine, '--json'])).out).diagnosis;
  if (how.kind === 'answer') return answerFindings(parsedMessage(messages[0]), how);
  if (how.kind === 'seen') return isDiagnosisCode(code) ? [diagnose(code, { seen: how.seen })] : [];
  return [];
}

export function parsedMessage(bytes: Uint8Array | undefined): HttpMessage {
  const message = parseHttpMessage(bytes ?? new Uint8Array());
  if (!message.ok) throw new Error(message.problem);
  return message.message;
}

/** What is wrong with the signature of a request, by the rules of a protocol; `key` is the secret key for the Open API. */
export function requestFindings(
  message: HttpMessage,
  { protocol, key, at }: { protocol: string; key: string; at: Date },
): readonly Diagnosis[] {
  const target = message.request?.target ?? '';
  const headers = headersByName(message.headers);
  if (protocol === 'openapi') {
    const { method = '' } = message.request ?? {};
    const received = { sk: key, method, rawPath: target, headers, body: message.body, nowMs: at.getTime() };
    const signed = verifyAkSk(received);
    return signed.ok ? [] : signed.diagnosis;
  }
  const query = queryParameters(target);
  const named = (name: string) => (protocol === 'kit' ? headers[`x-${name}`] : (query.get(name) ?? undefined));
  const call = {
    accessKey: key,
    body: Buffer.from(message.body).toString(),
    nowMs: at.getTime(),
    timestamp: named('timestamp'),
    nonce: named('nonce'),
  };
  const verdict =
    message.request?.method === 'GET'
      ? verifyAuthToken(target.slice(target.indexOf('?') + 1), key)
      : protocol === 'kit'
        ? verifyKit({ ...call, signature: named('sign') })
        : protocol === 'kit-v1'
          ? verifyKitTokenV1({ key, body: call.body, authToken: headers.authtoken })
          : verifyBase({ ...call, signature: named('signature') });
  return verdict.ok ? [] : verdict.diagnosis;
}

/** What is wrong with a seller's answer, as the marketplace reads it. */
export function answerFindings(
  message: HttpMessage,
  how: Omit<Extract<Reading, { kind: 'answer' }>, 'kind'>,
): readonly Diagnosis[] {
  const http = httpAnswer(message, how);
  const { protocol, activity, instanceIds, key } = how;
  if (protocol === 'saas-v1' && isActivityV1(activity))
    return readAnswerV1(activity, http, { key: key ?? '', instanceIds }).diagnosis;
  if (protocol === 'kit' && isKitInterface(activity)) return readKitAnswer(activity, http).diagnosis;
  if (protocol === 'license' && isLicenseActivity(activity))
    return readLicenseAnswer(activity, http, { key: key ?? '', instanceIds }).diagnosis;
  if (protocol === 'saas-v2' && isBaseActivity(activity)) return readAnswer(activity, http, { instanceIds }).diagnosis;
  throw new Error(`nobody reads answers to ${activity} of ${protocol}`);
}

function isKitInterface(name: string): name is KitInterface {
  return KIT_INTERFACES.some((each) => each === name);
}

function isLicenseActivity(name: string): name is LicenseActivity {
  return dialectOf(name) !== null;
}

function httpAnswer(
  { startLine, headers, body }: HttpMessage,
  { durationMs, truncated }: { durationMs: number; truncated: boolean },
): HttpAnswerV1 {
  const byName = headersByName(headers);
  return {
    status: Number(/^HTTP\/\S+ (\d{3})/.exec(startLine)?.[1]),
    contentType: byName['content-type'] ?? null,
    location: byName.location ?? null,
    headers,
    body,
    truncated,
    durationMs,
  };
}
