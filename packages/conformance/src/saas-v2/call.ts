/** Calls of V2.0 as the marketplace makes them (saas-v2.md 2, 3.1), and the same with one thing written otherwise. */
import {
  type BaseActivity,
  type CallSignatureInput,
  canonicalPayload,
  type JsonInputObject,
  signBase,
} from '@jishi/protocol';
import type { Session } from '../case.ts';
import type { WireRequest } from '../exchange.ts';
import { type Reply, readReply } from './reply.ts';

/** What is otherwise than in the marketplace's own calls. Absent = as the marketplace does it. */
export interface Writing {
  /** the body as it is sent: the same object in other words, e.g. unsorted */
  readonly text?: string | undefined;
  /** what is signed in place of the canonical payload */
  readonly signed?: string | undefined;
  /** null = left out of the query, and nothing in the signed text */
  readonly timestamp?: string | null | undefined;
  /** what stands in the signed text for the timestamp of the query */
  readonly signedTimestamp?: ((timestamp: string) => string) | undefined;
  readonly nonce?: string | null | undefined;
  readonly sign?: ((input: CallSignatureInput) => string) | undefined;
  /** what is made of the signature; null = left out */
  readonly signature?: ((right: string) => string | null) | undefined;
  readonly contentType?: string | undefined;
  /** more headers, e.g. the signature in them */
  readonly headers?: ((parts: SignedParts) => Readonly<Record<string, string>>) | undefined;
  /** true = without the test mark */
  readonly live?: boolean | undefined;
}

export interface SignedParts {
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
}

/** Makes one call, with the test mark unless it is `live`. `label` is for readers of the report. */
export async function ask<A extends BaseActivity>(
  session: Session,
  activity: A,
  body: JsonInputObject,
  label: string,
  writing: Writing = {},
  instanceIds: readonly string[] = [],
): Promise<Reply<A>> {
  const exchange = await session.call(signedCall(session, body, label, writing));
  return readReply(activity, exchange, instanceIds);
}

export function signedCall(
  session: Session,
  members: JsonInputObject,
  label: string,
  writing: Writing = {},
): WireRequest {
  const body = marked(members, writing);
  const timestamp = writing.timestamp === null ? '' : (writing.timestamp ?? String(session.now()));
  const nonce = writing.nonce === null ? '' : (writing.nonce ?? session.randomText(32));
  const payload = writing.signed ?? canonicalPayload(body);
  const sign = writing.sign ?? signUpperCase;
  const { accessKey } = session;
  const right = sign({ accessKey, payload, timestamp: writing.signedTimestamp?.(timestamp) ?? timestamp, nonce });
  const signature = writing.signature === undefined ? right : writing.signature(right);
  const url = new URL(session.target);
  const parameters = { signature, timestamp: writing.timestamp === null ? null : timestamp, nonce: nonce || null };
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  const headers = {
    accept: 'application/json',
    'content-type': writing.contentType ?? 'application/json;charset=utf-8',
    ...writing.headers?.({ signature: right, timestamp, nonce }),
  };
  return { method: 'POST', url: url.href, headers, body: writing.text ?? canonicalPayload(body), label };
}

/** A text of the same object needs the mark too: whoever writes it asks here for the members. */
export function marked(members: JsonInputObject, { live = false }: Writing = {}): JsonInputObject {
  return live ? members : { ...members, testFlag: '1' };
}

function signUpperCase(input: CallSignatureInput): string {
  return signBase(input).signature;
}
