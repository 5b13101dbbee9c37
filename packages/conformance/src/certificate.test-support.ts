/** Certificates for tests: X.509 v3 (RFC 5280), P-256, made on the spot, so that no private key lies in the repository. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly name: string;
  readonly privateKey: KeyObject;
}

export interface CertificateOptions {
  readonly name: string;
  /** DNS names that it is valid for */
  readonly hosts?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
  /** absent = signed with its own key */
  readonly issuer?: Certificate;
}

const DAY_MS = 86_400_000;

export function makeCertificate(options: CertificateOptions): Certificate {
  const { name, issuer, hosts = [] } = options;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const from = options.from ?? new Date(Date.now() - DAY_MS);
  const to = options.to ?? new Date(Date.now() + DAY_MS);
  const content = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    ECDSA_SHA256,
    commonName(issuer?.name ?? name),
    sequence(utcTime(from), utcTime(to)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...(hosts.length > 0 ? [alternativeNames(hosts)] : [IS_AUTHORITY]))),
  );
  const signature = sign('sha256', content, issuer?.privateKey ?? privateKey);
  const der = sequence(content, ECDSA_SHA256, tagged(0x03, Buffer.concat([Buffer.of(0), signature])));
  return { cert: pem(der), key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), name, privateKey };
}

const tagged = (tag: number, content: Buffer): Buffer => Buffer.concat([Buffer.of(tag), lengthOf(content), content]);
const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const integer = (bytes: Buffer): Buffer => tagged(0x02, bytes);
const oid = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'));
const utcTime = (at: Date): Buffer =>
  tagged(0x17, Buffer.from(`${at.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`));

const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));
const IS_AUTHORITY = sequence(oid('551d13'), tagged(0x04, sequence(tagged(0x01, Buffer.of(0xff)))));

function commonName(name: string): Buffer {
  return sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from(name)))));
}

function alternativeNames(hosts: readonly string[]): Buffer {
  const names = sequence(...hosts.map((host) => tagged(0x82, Buffer.from(host))));
  return sequence(oid('551d11'), tagged(0x04, names));
}

function lengthOf(content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.of(length);
  return length < 0x100 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff);
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
