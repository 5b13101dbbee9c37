/** The production interface as the network sees it: log each call, let a switched fault strike, otherwise pass it on. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodySign, type SellerServer, toNodeHandler } from '@jishi/seller';
import type { ControlState } from './control.ts';
import { type FaultTools, spoil, standsBefore } from './faults.ts';
import { receivedCall, resultCodeIn } from './received.ts';

export interface GateTools {
  readonly control: ControlState;
  readonly clock: () => number;
  readonly sleep: (delayMs: number) => Promise<void>;
  /** Signs the spoilt answers of V1.0. */
  readonly keyV1: string;
}

export function productionGate(
  server: SellerServer,
  tools: GateTools,
): (req: IncomingMessage, res: ServerResponse) => void {
  return (req, res) => toNodeHandler((request) => pass(server, tools, request, res))(req, res);
}

async function pass(server: SellerServer, tools: GateTools, request: Request, res: ServerResponse): Promise<Response> {
  const { control, clock, sleep, keyV1 } = tools;
  const call = await receivedCall(request, new Date(clock()));
  const fault = control.takeFault(call.activity);
  const decided = control.log({ ...call, fault: fault?.kind ?? null });
  const spoiling: FaultTools = { res, sleep, bodySign: call.protocol === 'saas-v1' ? signer(keyV1) : null };

  if (fault && standsBefore(fault)) return (await spoil(fault, '', spoiling)) ?? never();
  const response = await server.fetch(request);
  const body = await response.clone().text();
  decided(resultCodeIn(body));
  return fault ? ((await spoil(fault, body, spoiling)) ?? never()) : response;
}

const signer =
  (key: string): NonNullable<FaultTools['bodySign']> =>
  (body, fault) =>
    bodySign(body, fault ? 'the-key-of-somebody-else' : key).header;

/** The connection was dealt with below HTTP, or hangs on purpose: no response will ever follow. */
const never = (): Promise<Response> => new Promise(() => {});
