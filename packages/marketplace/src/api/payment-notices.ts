/** The payment gateway's notices: signed, answered only after the money is in the books; it repeats what is not answered. */
import { Hono } from 'hono';
import { moneyCame } from '../metering/index.ts';
import { receiveNotice } from '../ordering/index.ts';
import { inTransaction } from '../platform/database/database.ts';
import { problem, problemOf, sendProblem } from '../platform/http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { gatewayOf } from '../wallet/index.ts';
import { type AppEnv, limitedBody } from './http.ts';

const MOST_BYTES = 16_384;

export function paymentNotices(platform: Platform): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.post('/notices', async (c) => {
    const gateway = gatewayOf(platform.config);
    if (!gateway) return sendProblem(c, problem('NOT_FOUND', 'this marketplace takes no online payments'));
    const bytes = await limitedBody(c, MOST_BYTES);
    if (bytes === null) return sendProblem(c, problem('TOO_LARGE', 'a notice is small'), { connection: 'close' });
    const body = new TextDecoder().decode(bytes);
    const notice = gateway.readNotice(body, c.req.header('x-jishi-signature') ?? '');
    if (!notice.ok) return sendProblem(c, problemOf(notice.refusal));
    const now = platform.clock.now();
    const taken = await inTransaction(platform.db, async (tx) => {
      const received = await receiveNotice(platform, tx, notice.value, now);
      // money that came pays usage that is owed
      if (received.ok) await moneyCame(platform, tx, received.value.buyerId, now);
      return received;
    });
    if (!taken.ok) return sendProblem(c, problemOf(taken.refusal));
    platform.wake.kick();
    return c.json({ received: true });
  });
  return app;
}
