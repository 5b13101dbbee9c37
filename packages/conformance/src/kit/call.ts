/** Kit calls as the marketplace makes them (saas-v2.md 3.2, 7), and the same with one thing written otherwise. */
import {
  type CallSignatureInput,
  canonicalPayload,
  type JsonInputObject,
  KIT_PATHS,
  type KitInterface,
  kitInterfaceOf,
  signKit,
} from '@jishi/protocol';
import type { Session } from '../case.ts';
import type { WireRequest } from '../exchange.ts';
import { type KitReply, readKitReply } from './reply.ts';

/** What is otherwise than in the marketplace's own calls. Absent = as the marketplace does it. */
export interface Writing {
  /** the body as it is sent: the same object in other words, e.g. unsorted */
  readonly text?: string | undefined;
  /** what is signed in place of the canonical payload */
  readonly signed?: string | undefined;
  /** null = left out of the headers, and nothing in the signed text */
  readonly timestamp?: string | null | undefined;
  /** the timestamp in the signed text, where it is another than in the header */
  readonly signedTimestamp?: string | undefined;
  readonly nonce?: string | null | undefined;
  readonly sign?: ((input: CallSignatureInput) => string) | undefined;
  /** what is made of the signature; null = left out */
  readonly signature?: ((right: string) => string | null) | undefined;
  /** how the headers x-sign, x-timestamp and x-nonce are spelt */
  readonly spelling?: ((name: string) => string) | undefined;
  /** appended to the address in place of the interface's path */
  readonly path?: string | undefined;
  /** signature, timestamp and nonce also stand in the query, as for a base call */
  readonly inQuery?: boolean | undefined;
  readonly contentType?: string | undefined;
  /** more headers, from the text that is sent */
  readonly headers?: ((text: string) => Readonly<Record<string, string>>) | undefined;
}

/** Makes one call. `label` is for readers of the report. */
export async function askKit(
  session: Session,
  kit: KitInterface,
  body: JsonInputObject,
  label: string,
  writing: Writing = {},
): Promise<KitReply> {
  return readKitReply(await session.call(kitCall(session, kit, body, label, writing)));
}

export function kitCall(
  session: Session,
  kit: KitInterface,
  body: JsonInputObject,
  label: string,
  writing: Writing = {},
): WireRequest {
  const { accessKey } = session;
  const timestamp = writing.timestamp === null ? '' : (writing.timestamp ?? String(session.now()));
  const nonce = writing.nonce === null ? '' : (writing.nonce ?? session.randomText(32));
  const payload = writing.signed ?? canonicalPayload(body);
  const sign = writing.sign ?? ((input) => signKit(input).signature);
  const right = sign({ accessKey, payload, timestamp: writing.signedTimestamp ?? timestamp, nonce });
  const signature = writing.signature === undefined ? right : writing.signature(right);
  const headers = {
    accept: 'application/json',
    'content-type': writing.contentType ?? 'application/json',
    ...signatureHeaders({
      signature,
      timestamp: writing.timestamp === null ? null : timestamp,
      nonce: nonce || null,
      spelling: writing.spelling,
    }),
  };
  const text = writing.text ?? canonicalPayload(body);
  const url = new URL(addressOf(session.target) + (writing.path ?? KIT_PATHS[kit]));
  if (writing.inQuery) url.search = new URLSearchParams({ signature: right, timestamp, nonce }).toString();
  return { method: 'POST', url: url.href, headers: { ...headers, ...writing.headers?.(text) }, body: text, label };
}

interface SignatureParts {
  readonly signature: string | null;
  readonly timestamp: string | null;
  readonly nonce: string | null;
  readonly spelling: Writing['spelling'];
}

function signatureHeaders({ signature, timestamp, nonce, spelling = (name) => name }: SignatureParts) {
  const all = [
    ['x-sign', signature],
    ['x-timestamp', timestamp],
    ['x-nonce', nonce],
  ] as const;
  return Object.fromEntries(all.flatMap(([name, value]) => (value === null ? [] : [[spelling(name), value]])));
}

/** The production address; who gave the whole address of one interface means the part before it. */
function addressOf(target: URL): string {
  const { origin, pathname } = target;
  const path = kitInterfaceOf(pathname) === null ? pathname : pathname.replace(/\/produceAPI\/.*$/, '');
  return origin + path.replace(/\/+$/, '');
}
