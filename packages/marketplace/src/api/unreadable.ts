/** What is said to requests that the HTTP parser gives up on; the places of the Open API have their own words for it (openapi.md 3.6). */
import type { Duplex } from 'node:stream';
import { systemClock } from '../platform/clock.ts';
import { systemRandom } from '../platform/random.ts';
import { VERSION } from './version.ts';

/** Longer request lines are too long by themselves, whatever the headers. */
const LONG_LINE = 8_192;
const OF_THE_GATEWAY = /^[A-Z]+ (?:https?:\/\/[^/ ]*)?\/(?:api\/mkp-openapi-public|api\/ext|rest\/marketplace)\//;

export function answerUnreadable(error: Error, socket: Duplex): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(unreadableAnswer(codeOf(error), startOf(error)));
}

/** @param start of the request as far as it was received with the part that was too much; empty when nobody knows */
export function unreadableAnswer(code: string, start: string): string {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return statusOnly('408 Request Timeout');
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return statusOnly('413 Payload Too Large');
  if (code !== 'HPE_HEADER_OVERFLOW') return statusOnly('400 Bad Request');
  if (!OF_THE_GATEWAY.test(start)) return statusOnly('431 Request Header Fields Too Large');
  const [line = ''] = start.split('\r\n', 1);
  return line.length > LONG_LINE
    ? gatewayAnswer('414 URI Too Long', 'Request URI too large.')
    : gatewayAnswer('494 Request Header Too Large', 'Request headers too large.');
}

const statusOnly = (status: string): string => `HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`;

function gatewayAnswer(status: string, message: string): string {
  const requestId = Buffer.from(systemRandom.bytes(16)).toString('hex');
  const body = JSON.stringify({ error_msg: message, error_code: 'APIGW.0201', request_id: requestId });
  const headers = [
    'Content-Type: application/json;charset=UTF-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    // no request has begun: dated by the machine, as Node.js dates the answers to those that have
    `Date: ${systemClock.now().toUTCString()}`,
    `Server: Jishi/${VERSION}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  return [`HTTP/1.1 ${status}`, ...headers, '', body].join('\r\n');
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

const startOf = (error: Error): string =>
  'rawPacket' in error && error.rawPacket instanceof Uint8Array ? Buffer.from(error.rawPacket).toString('latin1') : '';
