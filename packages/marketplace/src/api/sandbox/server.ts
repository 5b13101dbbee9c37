/** Sandbox only: what a developer may do that no production marketplace offers. Absent from a production server. */
import { Hono } from 'hono';
import { BANK, balanceOf, credit } from '../../ledger/index.ts';
import { moneyCame } from '../../metering/index.ts';
import { receiveNotice } from '../../ordering/index.ts';
import { problem, sendProblem } from '../../platform/http/problem.ts';
import { money } from '../../platform/money.ts';
import { traceId, uuid } from '../../platform/random.ts';
import { ok, refuse } from '../../platform/result.ts';
import { SITES } from '../../platform/site.ts';
import type { Sandbox } from '../../sandbox/index.ts';
import { gatewayOf, sandboxSignature } from '../../wallet/index.ts';
import { topUp, wallet } from '../console-api/order-schemas.ts';
import { presentPayment } from '../console-api/present-wallet.ts';
import { type ConsoleRoute, command } from '../console-api/route.ts';
import { type ConsoleContext, mountRoutes } from '../console-api/server.ts';
import { ownPayment } from '../console-api/wallet-routes.ts';
import { cashierDecision, onlinePayment } from '../console-api/wallet-schemas.ts';
import type { AppEnv } from '../http.ts';
import { driverApi } from './driver-api.ts';

export const SANDBOX_ROUTES: readonly ConsoleRoute[] = [
  command({
    path: '/wallet/top-ups',
    summary: 'Put play money on the balance of the signed-in buyer',
    action: 'wallet.top-up',
    body: topUp,
    response: wallet,
    status: 201,
    async run({ platform, principal, now }, body, tx) {
      if (principal.buyerId === null) return refuse('FORBIDDEN', 'only a buyer has a balance');
      const { currency } = SITES[platform.config.site];
      const entryId = uuid(platform.random);
      await credit(
        tx,
        principal.buyerId,
        {
          entryId,
          kind: 'TOP_UP',
          reference: entryId,
          debit: BANK,
          amount: money(body.amount, currency),
          traceId: traceId(platform.random),
        },
        now,
      );
      await moneyCame(platform, tx, principal.buyerId, now);
      return ok({ balance: await balanceOf(tx, principal.buyerId, currency) });
    },
  }),
  command({
    path: '/cashier/{paymentId}',
    summary:
      'The cashier of the recording payment gateway: the payment succeeds or fails, and a signed notice tells it',
    action: 'wallet.view',
    body: cashierDecision,
    response: onlinePayment,
    async run(call, { outcome }, tx) {
      const payment = await ownPayment(call, tx);
      if (!payment.ok) return payment;
      const { paymentId, amount, currency } = payment.value;
      const body = JSON.stringify({ paymentId, outcome, amount, currency, gatewayReference: `cashier-${paymentId}` });
      const notice = gatewayOf(call.platform.config)?.readNotice(body, sandboxSignature(body));
      if (!notice?.ok) return notice ?? refuse('NO_GATEWAY', 'this marketplace takes no online payments');
      const taken = await receiveNotice(call.platform, tx, notice.value, call.now);
      if (!taken.ok) return taken;
      await moneyCame(call.platform, tx, taken.value.buyerId, call.now);
      return ok(presentPayment(taken.value));
    },
  }),
];

/** @param sandbox the one that is driven, with a clock that moves; `jishi serve --sandbox` has none */
export function sandboxApi(context: ConsoleContext, sandbox?: Sandbox): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  if (sandbox) driverApi(app, context.platform, sandbox);
  mountRoutes(app, context, SANDBOX_ROUTES);
  app.all('*', (c) => sendProblem(c, problem('NOT_FOUND', 'there is no such address')));
  return app;
}
