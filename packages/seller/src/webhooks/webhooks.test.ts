/** A delivery is trusted when its signature, its age and its shape are right. */
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { describeEvents } from '../../../marketplace/src/webhooks/index.ts';
import { EVENT_SHAPES } from './events.ts';
import { webhooks } from './index.ts';

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const OTHER = `whsec_${Buffer.alloc(24, 8).toString('base64')}`;
function delivery(body: object, { secret = SECRET, at = new Date(), altered = '' } = {}): Request {
  const text = JSON.stringify(body);
  return new Request('https://seller.example.com/webhooks', {
    method: 'POST',
    headers: {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': `v1,AAAA ${new Webhook(secret).sign('msg_1', at, text)}`,
    },
    body: text + altered,
  });
}
const timestamp = '2026-01-05T02:00:00.000Z';

describe('webhooks.verify', () => {
  it.each(describeEvents().map(({ type, example }) => [type, example] as const))(
    'knows %s as the catalogue of the marketplace describes it',
    async (type, data) => {
      const result = await webhooks.verify(delivery({ type, timestamp, data }), SECRET);
      expect(result).toEqual({ ok: true, id: 'msg_1', event: { type, timestamp, data } });
    },
  );

  it('has no event that the catalogue lacks', () => {
    expect(Object.keys(EVENT_SHAPES).toSorted()).toEqual(
      describeEvents()
        .map(({ type }) => type)
        .toSorted(),
    );
  });

  it('takes either secret of a rotation', async () => {
    const data = { endpointId: 'ep_1' };
    const sent = () => delivery({ type: 'webhook.test', timestamp, data }, { secret: OTHER });
    expect(await webhooks.verify(sent(), [SECRET, OTHER])).toMatchObject({ ok: true, event: { data } });
    expect(await webhooks.verify(sent(), SECRET)).toMatchObject({ ok: false });
  });

  it('gives types and shapes that it does not know as they are, for the receiver to ignore', async () => {
    for (const body of [
      { type: 'order.eaten', timestamp, data: {} },
      { type: 'order.paid', timestamp, data: { orderId: 1 } },
    ])
      expect(await webhooks.verify(delivery(body), SECRET)).toEqual({ ok: true, id: 'msg_1', event: null, body });
  });

  it.each([
    ['an altered body', () => delivery({ type: 'webhook.test' }, { altered: ' ' })],
    ['an old one', () => delivery({}, { at: new Date(Date.now() - 6 * 60_000) })],
    ['one of the future', () => delivery({}, { at: new Date(Date.now() + 6 * 60_000) })],
    ['no signature', () => new Request('https://seller.example.com', { method: 'POST', body: '{}' })],
  ])('refuses %s', async (_, request) => {
    expect(await webhooks.verify(request(), SECRET)).toMatchObject({ ok: false, reason: expect.any(String) });
  });

  it('tells at once that a secret is none', async () => {
    await expect(webhooks.verify(delivery({}), '')).rejects.toThrow(TypeError);
  });
});
