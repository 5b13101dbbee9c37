import { z } from 'zod';
import { type Json, parseJson } from '../json.ts';

/** One extended parameter of an order, e.g. `emailDomainName` or `identificationCode` (`saas-v1.md` 6.0.1). */
export interface ExtendParamV1 {
  readonly name: string;
  readonly value: string;
}

/** Limit of the base64 text (`saas-v1.md` 6.0.1). */
export const EXTEND_PARAMS_MAX_CHARACTERS = 2048;

const list = z.array(z.object({ name: z.string(), value: z.string() }));

/** `saasExtendParams` as it is signed: base64 of the JSON text, before URL encoding (`saas-v1.md` 6.0.1, 3.1). */
export function encodeExtendParamsV1(params: readonly ExtendParamV1[]): string {
  return Buffer.from(JSON.stringify(params.map(({ name, value }) => ({ name, value }))), 'utf8').toString('base64');
}

/**
 * Reads {@link encodeExtendParamsV1}'s form from the decoded query parameter; null when it is something else. Blanks are
 * taken for the `+` that they were (`saas-v1.md` 11, F6): base64 has none.
 */
export function decodeExtendParamsV1(base64: string): ExtendParamV1[] | null {
  const text = base64.replaceAll(' ', '+');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  const json = jsonOf(Buffer.from(text, 'base64'));
  const read = list.safeParse(json);
  return read.success ? read.data : null;
}

function jsonOf(bytes: Uint8Array): Json {
  try {
    const parsed = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return parsed.ok ? parsed.value : null;
  } catch {
    return null;
  }
}
