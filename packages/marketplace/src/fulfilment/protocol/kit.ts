/** The kit of joint-operation products (saas-v2.md 7, saas-v1.md 6): fixed paths below the production address, signed in headers. */
import {
  canonicalPayloadOfText,
  diagnoseTransport,
  diagnoseTransportV1,
  KIT_INTERFACES,
  KIT_PATHS,
  type KitInterface,
  readAnswerV1,
  readKitAnswer,
  signKit,
  signKitTokenV1,
} from '@jishi/protocol';
import { ALPHANUMERIC, randomText } from '../../platform/random.ts';
import { type CallSubject, type CallTarget, detailsOf, type ProtocolAdapter, plain } from './adapter.ts';

const HEADERS = { accept: 'application/json', 'content-type': 'application/json' };

export const kitV2: ProtocolAdapter = {
  build(subject, target, at, random) {
    const body = canonicalPayloadOfText(detailsOf(subject, 'kit').body);
    if (body === null) throw new Error(`call ${subject.id}: a kit body is a JSON object`);
    const timestamp = String(at.getTime());
    const nonce = randomText(random, 32, ALPHANUMERIC);
    const { signature } = signKit({ accessKey: target.accessKey, payload: body, timestamp, nonce });
    const headers = { ...HEADERS, 'x-sign': signature, 'x-timestamp': timestamp, 'x-nonce': nonce };
    return { method: 'POST', url: below(target, KIT_PATHS[interfaceOf(subject)]), headers, body };
  },
  read: (subject, _sent, answer, durationMs) => plain(readKitAnswer(interfaceOf(subject), { ...answer, durationMs })),
  diagnoseFault: ({ fault, message }) => diagnoseTransport({ kind: fault, message }),
};

export const kitV1: ProtocolAdapter = {
  build(subject, target) {
    const { body } = detailsOf(subject, 'kit');
    const { authToken } = signKitTokenV1(body, target.accessKey);
    const headers = { ...HEADERS, authToken };
    return { method: 'POST', url: below(target, `/produceAPI/${interfaceOf(subject)}`), headers, body };
  },
  // answered with the bare envelope, as a release is
  read: (_subject, _sent, answer, durationMs, key) =>
    plain(readAnswerV1('releaseInstance', { ...answer, headers: answer.rawHeaders, durationMs }, { key })),
  diagnoseFault: ({ fault, message }) => diagnoseTransportV1({ kind: fault, message }),
};

function interfaceOf({ id, activity }: CallSubject): KitInterface {
  const found = KIT_INTERFACES.find((each) => each === activity);
  if (!found) throw new Error(`call ${id}: the kit has no ${activity}`);
  return found;
}

const below = ({ productionUrl }: CallTarget, path: string): string => `${productionUrl.replace(/\/+$/, '')}${path}`;
