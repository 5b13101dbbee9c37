/** E-mail through an SMTP server. */
import { createTransport } from 'nodemailer';
import type { Sender } from './senders.ts';

const CONNECTIONS = 4;
const CONNECT_MS = 10_000;
/** a server that says nothing for so long will not take the message any more */
const SILENCE_MS = 20_000;

/**
 * @param strict production: the password and the text travel over TLS, unless the server is on this machine
 */
export function createMailSender(mail: { readonly smtpUrl: string; readonly from: string }, strict: boolean): Sender {
  const url = new URL(mail.smtpUrl);
  const secure = url.protocol === 'smtps:';
  const local = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  const transport = createTransport({
    pool: true,
    maxConnections: CONNECTIONS,
    host: url.hostname.replaceAll(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: strict && !secure && !local,
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = mail.from.replace(/^.*@/, '').replace(/>$/, '');
  return {
    async send(delivery) {
      try {
        await transport.sendMail({
          from: mail.from,
          to: { name: '', address: delivery.address },
          subject: delivery.subject,
          text: delivery.body,
          textEncoding: 'base64', // half of what quoted-printable takes for Chinese
          date: delivery.created_at,
          // The same message keeps its name when it is sent twice (a crash after the answer): mail programs show it once.
          messageId: `<${delivery.id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': delivery.language },
        });
        return { ok: true };
      } catch (error) {
        return { ok: false, error: error instanceof Error ? error.message : String(error) };
      }
    },
    async close() {
      transport.close();
    },
  };
}
