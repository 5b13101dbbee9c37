/** The production interface as the network sees it: log each call, let a switched fault strike, otherwise pass it on. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type SellerServer, toNodeHandler } from '@jishi/seller';
import { z } from 'zod';
import type { ControlState } from './control.ts';
import { spoil, standsBefore } from './faults.ts';
import type { Fault } from './settings.ts';

/** What the log keeps of a request; anything may come in, so nothing is demanded. */
const text = z.string().nullable().catch(null).default(null);
const peeked = z
  .object({ activity: text, orderId: text, orderLineId: text, instanceId: text, testFlag: text })
  .catch({ activity: null, orderId: null, orderLineId: null, instanceId: null, testFlag: null });
const answered = z.object({ resultCode: z.string() });

export interface GateTools {
  readonly control: ControlState;
  readonly clock: () => number;
  readonly sleep: (delayMs: number) => Promise<void>;
}

export function productionGate(
  server: SellerServer,
  tools: GateTools,
): (req: IncomingMessage, res: ServerResponse) => void {
  return (req, res) => toNodeHandler((request) => pass(server, tools, request, res))(req, res);
}

async function pass(server: SellerServer, tools: GateTools, request: Request, res: ServerResponse): Promise<Response> {
  const { control, clock, sleep } = tools;
  const { testFlag, ...call } = peeked.parse(parse(await request.clone().text()));
  const fault = control.takeFault(call.activity);
  const at = new Date(clock()).toISOString();
  const log = (resultCode: string | null, kind: Fault['kind'] | null) =>
    control.log({ ...call, test: testFlag === '1', at, resultCode, fault: kind });

  if (fault && standsBefore(fault)) {
    log(null, fault.kind);
    return (await spoil(fault, '', { res, sleep })) ?? never();
  }
  const response = await server.fetch(request);
  const body = await response.clone().text();
  const { data } = answered.safeParse(parse(body));
  log(data?.resultCode ?? null, fault?.kind ?? null);
  return fault ? ((await spoil(fault, body, { res, sleep })) ?? never()) : response;
}

/** The connection was dealt with below HTTP, or hangs on purpose: no response will ever follow. */
const never = (): Promise<Response> => new Promise(() => {});

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
