/**
 * Faults: what goes wrong between a seller's good intention and the marketplace. Those of `BEFORE` stand in front of the
 * seller's server, which then never sees the call. All others let it do its work and spoil only the answer, the harder
 * case: the marketplace must repeat the call and get the same instance.
 */
import type { ServerResponse } from 'node:http';
import type { Fault, FaultKind } from './settings.ts';

const BEFORE: readonly FaultKind[] = ['html', 'redirect', 'status-500', 'refuse'];
/** Later than the five seconds in which a seller should answer, earlier than the marketplace's twenty. */
const SLOW_MS = 6_000;
/** Above the marketplace's limit of 1 MiB. */
const HUGE_CHARACTERS = 2 * 1024 * 1024;

export const standsBefore = ({ kind }: Fault): boolean => BEFORE.includes(kind);

export interface FaultTools {
  /** The raw response, for faults below HTTP. */
  readonly res: ServerResponse;
  readonly sleep: (delayMs: number) => Promise<void>;
}

/** The answer as it leaves; `text` is what the seller's server said, if it was asked. Null: the connection was dealt with. */
export async function spoil(fault: Fault, text: string, { res, sleep }: FaultTools): Promise<Response | null> {
  switch (fault.kind) {
    case 'slow':
      await sleep(fault.delayMs ?? SLOW_MS);
      return json(text);
    case 'hang':
      return null;
    case 'html':
      return new Response(SIGN_IN_PAGE, { headers: { 'content-type': 'text/html;charset=utf-8' } });
    case 'empty':
      return json('');
    case 'wrong-type':
      return new Response(text, { headers: { 'content-type': 'text/plain;charset=utf-8' } });
    case 'huge':
      return json(withMember(text, 'resultMsg', 'x'.repeat(HUGE_CHARACTERS)));
    case 'cut':
      return cut(text, res);
    case 'redirect':
      return new Response(null, { status: 302, headers: { location: '/sign-in' } });
    case 'status-500':
      return new Response('{"error":"Internal Server Error"}', {
        status: 500,
        headers: { 'content-type': 'application/json' },
      });
    case 'reset':
      res.socket?.resetAndDestroy();
      return null;
    case 'wrong-result-code':
      return json(withMember(text, 'resultCode', fault.code ?? '0000000'));
    case 'refuse':
      return json(JSON.stringify({ resultCode: fault.code ?? '000100', resultMsg: 'refused by a fault switch' }));
    case 'bad-json':
      return json(text.replace(/\}$/, ',}'));
  }
}

const SIGN_IN_PAGE = '<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>';

const json = (text: string): Response =>
  new Response(text, { headers: { 'content-type': 'application/json;charset=utf-8' } });

/** Promises the whole body, sends half of it and hangs up. */
function cut(text: string, res: ServerResponse): null {
  const bytes = Buffer.from(text);
  res.writeHead(200, { 'content-type': 'application/json;charset=utf-8', 'content-length': bytes.length });
  res.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => res.destroy());
  return null;
}

/** Answers of the SDK are flat JSON texts that hold each envelope member once. */
function withMember(text: string, name: string, value: string): string {
  return text.replace(new RegExp(`"${name}":"(?:[^"\\\\]|\\\\.)*"`), () => `"${name}":${JSON.stringify(value)}`);
}
