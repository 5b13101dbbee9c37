/**
 * What a seller says about an asset and about each of its versions, by kind (license-and-other-types.md L18, L21–L25,
 * 7.3, section 9), as schemas.
 */
import { z } from 'zod';

export const assetVersionName = z
  .string()
  .regex(/^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$/, 'L21: letters, digits, dots, at most 32 characters, e.g. 1.2.0');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'L21: 64 hexadecimal digits');
const regionId = z.string().min(1).max(32);
const text = z.string().trim().min(1).max(200);

/** A vulnerability that the seller's own report names; CVSS as a decimal from 0.0 to 10.0. */
export const vulnerability = z.strictObject({
  id: z.string().regex(/^[A-Z]{2,8}-[0-9A-Za-z-]{4,32}$/, 'L18: e.g. CVE-2026-0001'),
  cvss: z.string().regex(/^(10\.0|\d\.\d)$/, 'L18: a score from 0.0 to 10.0 with one decimal'),
});
const vulnerabilities = z.array(vulnerability).max(500).default([]);

const securityRule = z.strictObject({
  protocol: z.enum(['TCP', 'UDP', 'ICMP']),
  /** one port or a range; empty for ICMP */
  ports: z.string().regex(/^(\d{1,5}(-\d{1,5})?)?$/, 'L27: a port or a range, e.g. 443 or 8000-8100'),
  source: z.string().regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, 'L23: an address range, e.g. 0.0.0.0/0'),
});

/** L22: where an image comes from; only the first is taken */
export const IMAGE_ORIGINS = [
  'PRIVATE_SYSTEM_DISK',
  'DATA_DISK',
  'FULL_MACHINE',
  'ISO',
  'ENCRYPTED',
  'SHARED',
  'PUBLISHED',
  'REBUILT',
] as const;

/** About the asset as a whole. */
export const assetInfo = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('APPLICATION') }),
  z.strictObject({
    kind: z.literal('IMAGE'),
    osType: z.enum(['LINUX', 'WINDOWS']),
    osVersion: text,
    arch: z.enum(['x86_64', 'aarch64']),
    minDiskGiB: z.number().int().min(1).max(1024),
    minRamMiB: z.number().int().min(0).max(1_048_576),
    /** IAM agency with IMS Administrator rights (L23) */
    agency: text,
    securityGroup: z.array(securityRule).max(50),
  }),
  z.strictObject({ kind: z.literal('DATA_FILE'), format: text }),
  z.strictObject({
    kind: z.literal('AI_MODEL'),
    modelKind: z.enum(['MODEL', 'ALGORITHM']),
    deployments: z.array(z.enum(['ONLINE', 'BATCH', 'EDGE'])).min(1),
  }),
  z.strictObject({ kind: z.literal('CONTAINER'), containerKind: z.enum(['CHART', 'IMAGE']) }),
  z.strictObject({
    kind: z.literal('API_GROUP'),
    gateway: z.enum(['APIG', 'AGENTS']),
    groupId: z.string().regex(/^[0-9A-Za-z_-]{1,64}$/),
    regionId,
    /** section 9: only app authentication */
    authentication: z.literal('APP'),
  }),
]);
export type AssetInfo = z.infer<typeof assetInfo>;

/** What a version is made of. Files were uploaded before (purpose PACKAGE or DATA). */
export const assetSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('APPLICATION'), fileId: z.uuid(), vulnerabilities }),
  z.strictObject({
    kind: z.literal('IMAGE'),
    origin: z.enum(IMAGE_ORIGINS),
    sourceImageId: z.uuid(),
    sizeBytes: z.number().int().min(1),
    sha256,
    regions: z.array(regionId).min(1, 'L24: at least one region').max(50),
    vulnerabilities,
  }),
  z.strictObject({ kind: z.literal('DATA_FILE'), fileId: z.uuid() }),
  z.strictObject({
    kind: z.literal('AI_MODEL'),
    /** in the asset centre */
    reference: z.string().regex(/^[\x21-\x7e]{1,200}$/),
  }),
  z.strictObject({
    kind: z.literal('CONTAINER'),
    /** with its digest, so that what is delivered can not change afterwards */
    reference: z
      .string()
      .regex(/^[\x21-\x7e]{1,200}@sha256:[0-9a-f]{64}$/, 'must end in @sha256:<64 hexadecimal digits>'),
  }),
  z.strictObject({ kind: z.literal('API_GROUP'), apis: z.number().int().min(1).max(1_000) }),
]);
export type AssetSource = z.infer<typeof assetSource>;

export const ASSET_STATES = ['SCANNING', 'APPROVED', 'REJECTED'] as const;
export type AssetState = (typeof ASSET_STATES)[number];
export const COPY_STATES = ['COPYING', 'ACTIVE', 'FAILED'] as const;
export type CopyState = (typeof COPY_STATES)[number];

/** A copy of an image in a region (7.3); `imageId` is known once it is ACTIVE. */
export interface RegionalCopy {
  readonly regionId: string;
  readonly imageId: string | null;
  readonly status: CopyState;
}

export interface ScanCheck {
  /** CHECKSUM, TYPE, VULNERABILITY, ORIGIN, REGION, REFERENCE … */
  readonly check: string;
  readonly rule: string;
  readonly passed: boolean;
  readonly message: { readonly zh: string; readonly en: string };
}
export interface ScanReport {
  readonly scanner: string;
  readonly scannedAt: string;
  readonly checks: readonly ScanCheck[];
}
