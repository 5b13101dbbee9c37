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
  /** Signs answers, where the protocol wants that: a fault spoils one thing, and the signature fits the spoilt body. */
  readonly bodySign: ((body: string, fault?: 'wrong-signature') => string) | null;
}

/** The answer as it leaves; `text` is what the seller's server said, if it was asked. Null: the connection was dealt with. */
export async function spoil(fault: Fault, text: string, tools: FaultTools): Promise<Response | null> {
  const { res, sleep, bodySign } = tools;
  const answer = (body: string, type = JSON_TYPE) => new Response(body, { headers: headersOf(body, type, bodySign) });
  switch (fault.kind) {
    case 'slow':
      await sleep(fault.delayMs ?? SLOW_MS);
      return answer(text);
    case 'hang':
      return null;
    case 'html':
      return new Response(SIGN_IN_PAGE, { headers: { 'content-type': 'text/html;charset=utf-8' } });
    case 'empty':
      return answer('');
    case 'wrong-type':
      return answer(text, 'text/plain;charset=utf-8');
    case 'huge':
      return answer(withMember(text, 'resultMsg', 'x'.repeat(HUGE_CHARACTERS)));
    case 'cut':
      return cut(text, res, headersOf(text, JSON_TYPE, bodySign));
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
      return answer(withMember(text, 'resultCode', fault.code ?? '0000000'));
    case 'refuse':
      return answer(JSON.stringify({ resultCode: fault.code ?? '000100', resultMsg: 'refused by a fault switch' }));
    case 'bad-json':
      return answer(text.replace(/\}$/, ',}'));
    case 'unsigned':
      return new Response(text, { headers: headersOf(text, JSON_TYPE, null) });
    case 'wrong-signature':
      return new Response(text, {
        headers: headersOf(text, JSON_TYPE, bodySign && ((body) => bodySign(body, 'wrong-signature'))),
      });
  }
}

const SIGN_IN_PAGE = '<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>';

const JSON_TYPE = 'application/json;charset=utf-8';

const headersOf = (body: string, type: string, sign: FaultTools['bodySign']): Record<string, string> => ({
  'content-type': type,
  ...(sign ? { 'Body-Sign': sign(body) } : {}),
});

/** Promises the whole body, sends half of it and hangs up. */
function cut(text: string, res: ServerResponse, headers: Record<string, string>): null {
  const bytes = Buffer.from(text);
  res.writeHead(200, { ...headers, 'content-length': bytes.length });
  res.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => res.destroy());
  return null;
}

/** Answers of the SDK are flat JSON texts that hold each envelope member once. */
function withMember(text: string, name: string, value: string): string {
  return text.replace(new RegExp(`"${name}":"(?:[^"\\\\]|\\\\.)*"`), () => `"${name}":${JSON.stringify(value)}`);
}
