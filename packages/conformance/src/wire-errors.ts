/** Why a call got no answer, in words: what node:net, node:tls and node:http throw, told apart. */
import type { TransportError } from '@jishi/protocol';

/** @param began whether the status line had already arrived */
export function transportError(thrown: Error, target: URL, began: boolean): TransportError {
  const error = firstOf(thrown);
  const code = codeOf(error);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (/^(ENOTFOUND|ENODATA|EAI_)/.test(code)) return { kind: 'dns', message: `${host}: ${dnsWords(code)} (${code})` };
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/.test(code)) {
    return { kind: 'refused', message: `${addressesOf(thrown, target)}: ${refusedWords(code)} (${code})` };
  }
  if (code === 'ETIMEDOUT') return { kind: 'timeout', message: `no connection to ${addressesOf(thrown, target)}` };
  const tls = target.protocol === 'https:' && !began ? tlsWords(error, code, host) : null;
  if (tls !== null) return { kind: 'tls', message: tls };
  if (code.startsWith('HPE_'))
    return { kind: 'reset', message: `what came is no valid HTTP: ${error.message} (${code})` };
  return { kind: 'reset', message: `${resetWords(code, began)} (${code === '' ? error.message : code})` };
}

/** Several addresses were tried: they mostly failed alike. */
function firstOf(thrown: Error): Error {
  const [first] = thrown instanceof AggregateError ? thrown.errors : [];
  return first instanceof Error ? first : thrown;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function addressesOf(thrown: Error, target: URL): string {
  const errors: readonly unknown[] = thrown instanceof AggregateError ? thrown.errors : [thrown];
  const tried = errors.flatMap((error) =>
    error instanceof Error && 'address' in error && 'port' in error ? [`${error.address} port ${error.port}`] : [],
  );
  return tried.length === 0 ? target.host : [...new Set(tried)].join(', ');
}

function dnsWords(code: string): string {
  return code === 'EAI_AGAIN' ? 'the name server does not answer' : 'no such name';
}

function refusedWords(code: string): string {
  return code === 'ECONNREFUSED' ? 'nobody listens there' : 'there is no way to that address';
}

function resetWords(code: string, began: boolean): string {
  if (began) return 'the connection was closed in the middle of the answer';
  return code === 'ECONNRESET' || code === 'EPIPE'
    ? 'the connection was closed before any answer'
    : 'the connection broke before any answer';
}

const CERTIFICATE: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  CERT_REVOKED: 'the certificate has been revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed: no authority vouches for it',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate comes from an unknown authority: the root of its chain is not recognised',
  UNABLE_TO_GET_ISSUER_CERT:
    'the certificate comes from an unknown authority, or an intermediate certificate is not sent',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'the certificate comes from an unknown authority, or an intermediate certificate is not sent',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'the certificate comes from an unknown authority, or an intermediate certificate is not sent',
  CERT_SIGNATURE_FAILURE: 'the signature of the certificate is wrong',
  CERT_UNTRUSTED: 'the certificate comes from an unknown authority',
  INVALID_PURPOSE: 'the certificate is not meant for servers',
};

/** null = the handshake is not at fault */
function tlsWords(error: Error, code: string, host: string): string | null {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return wrongName(error, host);
  const certificate = CERTIFICATE[code];
  if (certificate !== undefined) return `${certificate} (${code})`;
  const reason = handshakeReason(error, code);
  if (/unsupported protocol|alert protocol version|version too low/.test(reason)) {
    return `the server offers no TLS 1.2 or newer (${reason})`;
  }
  if (/wrong version number|packet length too long|http request/.test(reason)) {
    return `the port does not speak TLS; does it serve plain HTTP? (${reason})`;
  }
  if (/handshake failure|no shared cipher|no ciphers|internal error/.test(reason)) {
    return `client and server agree on no cipher, or the server has no certificate for ${host} (${reason})`;
  }
  if (/unrecognized name/.test(reason)) return `the server has no certificate for ${host} (${reason})`;
  if (/disconnected before secure TLS connection/.test(error.message)) {
    return 'the server closed the connection during the TLS handshake';
  }
  return /SSL|TLS|CERT|EPROTO/.test(code) ? `the TLS handshake failed (${reason})` : null;
}

/** OpenSSL's words: the third part of `error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:…`. */
function handshakeReason(error: Error, code: string): string {
  const reason = /:SSL routines:[^:]*:([^:]+)/.exec(error.message)?.[1];
  return reason ?? (code.startsWith('ERR_SSL_') ? code.slice(8).replaceAll('_', ' ').toLowerCase() : error.message);
}

function wrongName(error: Error, host: string): string {
  const names = 'cert' in error && isRecord(error.cert) ? namesOf(error.cert) : null;
  return `the certificate is for ${names ?? 'another name'}, not for ${host} (ERR_TLS_CERT_ALTNAME_INVALID)`;
}

function namesOf(certificate: Readonly<Record<string, unknown>>): string | null {
  const { subjectaltname, subject } = certificate;
  if (typeof subjectaltname === 'string' && subjectaltname !== '')
    return subjectaltname.replaceAll(/(DNS|IP Address):/g, '');
  return isRecord(subject) && typeof subject.CN === 'string' ? subject.CN : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
