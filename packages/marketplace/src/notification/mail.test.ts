/** E-mail in a real SMTP conversation, SMS in a real HTTP one: what the other side receives, and what its refusals become. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMailSender } from './mail.ts';
import { createSmsSender, signatureOf } from './sms.ts';
import type { Delivery } from './store.ts';

const FROM = '集市 Jishi <no-reply@market.example>';
const delivery: Delivery = {
  id: '7f1d0c38-2f5e-4a7b-9a51-0c2f4f0e9a11',
  state: 'RUNNING',
  channel: 'EMAIL',
  tenant: 'buyer:b',
  receiver_id: 'account',
  source: 'event:1',
  variant: 'N-22.ready',
  address: 'it@globex.example',
  language: 'zh',
  subject: '“云表格”已开通',
  body: '您购买的“云表格”已可使用。\n\n查看详情：https://market.example/services/r-1',
  sealed_body: null,
  secret: false,
  attempts: 1,
  due_at: new Date(0),
  created_at: new Date(0),
  finished_at: null,
  last_error: null,
};

interface Received {
  readonly from: string;
  readonly to: string[];
  readonly user: string | undefined;
  readonly source: string;
}
/** An SMTP server that accepts one user and refuses one mailbox. */
async function smtpServer(options: { closing?: boolean } = {}) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      username === 'jishi' && password === 'p@ss' ? done(null, { user: username }) : done(new Error('bad credentials')),
    onRcptTo: ({ address }, _session, done) =>
      address === 'gone@globex.example' ? done(new Error('no such mailbox')) : done(),
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          user: session.user,
          source: Buffer.concat(parts).toString('utf8'),
        });
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()));
  const close = () => new Promise<void>((closed) => server.close(() => closed()));
  const port = portOf(server.server.address());
  if (options.closing) await close();
  else onTestFinished(close);
  return { received, port };
}
const portOf = (address: string | AddressInfo | null) =>
  address !== null && typeof address === 'object' ? address.port : 0;

function senderTo(port: number, credentials = '', strict = false) {
  const sender = createMailSender({ smtpUrl: `smtp://${credentials}127.0.0.1:${port}`, from: FROM }, strict);
  onTestFinished(() => sender.close());
  return sender;
}
const decoded = (source: string) =>
  source.replaceAll(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_, base64: string) => Buffer.from(base64, 'base64').toString('utf8'));

describe('an e-mail', () => {
  it('arrives with sender, receiver, subject and text, and keeps its name when it is sent twice', async () => {
    const { received, port } = await smtpServer();
    const sender = senderTo(port, 'jishi:p%40ss@');
    expect(await sender.send(delivery)).toEqual({ ok: true });
    expect(await sender.send(delivery)).toEqual({ ok: true });
    expect(received).toHaveLength(2);
    const [mail] = received;
    expect(mail).toMatchObject({ from: 'no-reply@market.example', to: ['it@globex.example'], user: 'jishi' });
    const [head = '', body = ''] = (mail?.source ?? '').split('\r\n\r\n');
    const unfolded = decoded(head.replaceAll(/\r\n\s+/g, ' ')).replaceAll('“云表格” 已', '“云表格”已');
    expect(unfolded).toContain('Subject: “云表格”已开通');
    expect(unfolded).toContain('Content-Language: zh');
    for (const { source } of received) expect(source).toContain(`Message-ID: <${delivery.id}@market.example>`);
    expect(Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n', '\n').trim()).toBe(delivery.body);
  });

  it('a product’s name can not add headers or receivers', async () => {
    const { received, port } = await smtpServer();
    const subject = 'x\r\nBcc: victim@else.example\r\n\r\nother text';
    const address = 'it@globex.example, victim@else.example';
    await senderTo(port).send({ ...delivery, subject });
    expect(received[0]?.to).toEqual(['it@globex.example']);
    expect(received[0]?.source).not.toMatch(/^Bcc:/m);
    await senderTo(port).send({ ...delivery, address });
    expect(received.flatMap(({ to }) => to)).not.toContain('victim@else.example');
  });

  it.each([
    ['refused mailbox', async () => (await smtpServer()).port, 'gone@globex.example', /no such mailbox/],
    ['server that is away', async () => (await smtpServer({ closing: true })).port, delivery.address, /ECONNREFUSED/],
  ])('a %s is a failure that says why', async (_, portOfServer, address, why) => {
    const sent = await senderTo(await portOfServer()).send({ ...delivery, address });
    expect(sent).toMatchObject({ ok: false, error: expect.stringMatching(why) });
  });

  it('a wrong password is a failure, and the password is not in it', async () => {
    const { port } = await smtpServer();
    const sent = await senderTo(port, 'jishi:hidden-pw@').send(delivery);
    expect(sent).toMatchObject({ ok: false });
    expect(JSON.stringify(sent)).not.toContain('hidden-pw');
  });
});

describe('a text message', () => {
  async function gateway(status: number) {
    const received: { headers: IncomingHttpHeaders; body: string }[] = [];
    const server = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(Buffer.from(part));
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
      response.writeHead(status).end('{}');
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())));
    const sender = createSmsSender(
      { url: `http://127.0.0.1:${portOf(server.address())}/send`, secret: 'sixteen letters!' },
      'https://market.example',
    );
    onTestFinished(() => sender.close());
    return { received, sender };
  }
  const sms: Delivery = { ...delivery, channel: 'SMS', address: '+8613800000000', body: '【集市】已开通' };

  it('is handed to the gateway as signed JSON with an id to send it once by', async () => {
    const { received, sender } = await gateway(202);
    expect(await sender.send(sms)).toEqual({ ok: true });
    const [request] = received;
    expect(JSON.parse(request?.body ?? '')).toEqual({
      id: sms.id,
      phone: '+8613800000000',
      language: 'zh',
      kind: 'N-22.ready',
      text: '【集市】已开通',
      from: 'https://market.example',
    });
    expect(request?.headers['x-jishi-signature']).toBe(
      `sha256=${signatureOf('sixteen letters!', request?.body ?? '')}`,
    );
  });

  it('a gateway that says no is a failure', async () => {
    const { sender } = await gateway(503);
    expect(await sender.send(sms)).toEqual({ ok: false, error: 'the gateway answered 503' });
  });

  it('has a signature that others can compute', () => {
    // RFC 4231 test case 2
    expect(signatureOf('Jefe', 'what do ya want for nothing?')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });
});
