/**
 * What a file is kept for, and what it may therefore be (catalogue.md 12.1, C60; license-and-other-types.md L8, L18).
 * One table: the console shows it before somebody chooses a file, the server holds every file against it. Pure.
 */
import type { Site } from '../site.ts';

export const FILE_PURPOSES = [
  'LOGO',
  'PICTURE',
  'DESCRIPTION_PICTURE',
  'VIDEO',
  'CERTIFICATE',
  'TEMPLATE',
  'PROOF',
  'REQUIREMENT',
  'DATA',
  'PACKAGE',
  'LICENCE',
  'REVIEW_PICTURE',
  'OFFER_PROOF',
  'MEMBERS',
  'INVOICE',
] as const;
/** What people send files for, and what the marketplace itself makes. */
export type FilePurpose = (typeof FILE_PURPOSES)[number] | 'EXPORT';

/** What a file is, by its content; OTHER = nothing that is known, e.g. text. */
export const FILE_KINDS = [
  'png',
  'jpg',
  'gif',
  'mp4',
  'webm',
  'pdf',
  'doc',
  'docx',
  'xls',
  'xlsx',
  'ppt',
  'pptx',
  'zip',
  'tar',
  'tar.gz',
  'other',
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

export interface PictureSize {
  readonly minimumWidth: number;
  readonly maximumWidth: number;
  readonly minimumHeight: number;
  /** null = as high as it likes */
  readonly maximumHeight: number | null;
}

export interface PurposeRules {
  readonly kinds: readonly FileKind[];
  readonly maximumBytes: number;
  /** of pictures; null = any */
  readonly picture: PictureSize | null;
  /** shown to everybody once its product is on sale */
  readonly published: boolean;
  /** operators see it without a link, because they review what it belongs to */
  readonly reviewed: boolean;
}

const MIB = 1_048_576;
const GIB = 1024 * MIB;
const PICTURES: readonly FileKind[] = ['png', 'jpg', 'gif'];
const DOCUMENTS: readonly FileKind[] = ['pdf', 'doc', 'docx', 'xls', 'xlsx', 'zip'];

const exactly = (width: number, height: number): PictureSize => ({
  minimumWidth: width,
  maximumWidth: width,
  minimumHeight: height,
  maximumHeight: height,
});

const BASE: PurposeRules = {
  kinds: DOCUMENTS,
  maximumBytes: 20 * MIB,
  picture: null,
  published: false,
  reviewed: false,
};
const PROOF: PurposeRules = { ...BASE, kinds: [...DOCUMENTS, ...PICTURES, 'ppt', 'pptx'] };

const RULES: Readonly<Record<FilePurpose, PurposeRules>> = {
  // JPG too in China: see `purposeRules`
  LOGO: { kinds: ['png'], maximumBytes: 5 * MIB, picture: exactly(120, 120), published: true, reviewed: true },
  PICTURE: { kinds: PICTURES, maximumBytes: 5 * MIB, picture: exactly(800, 600), published: true, reviewed: true },
  DESCRIPTION_PICTURE: {
    kinds: ['png', 'jpg'],
    maximumBytes: 5 * MIB,
    picture: { minimumWidth: 900, maximumWidth: 1200, minimumHeight: 800, maximumHeight: null },
    published: true,
    reviewed: true,
  },
  // 12.1 names no size for videos; one that a page can play [R]
  VIDEO: { kinds: ['mp4', 'webm'], maximumBytes: 200 * MIB, picture: null, published: true, reviewed: true },
  CERTIFICATE: { ...BASE, kinds: ['zip', 'doc', 'docx', 'pdf', 'ppt', 'pptx'], reviewed: true },
  TEMPLATE: { ...BASE, reviewed: true },
  PROOF,
  REQUIREMENT: PROOF,
  DATA: { ...BASE, kinds: FILE_KINDS, maximumBytes: 2 * GIB, reviewed: true },
  PACKAGE: { ...BASE, kinds: ['zip', 'tar', 'tar.gz'], maximumBytes: 20 * GIB, reviewed: true },
  LICENCE: { ...BASE, kinds: [...DOCUMENTS, 'other'], maximumBytes: MIB },
  REVIEW_PICTURE: { ...BASE, kinds: ['png', 'jpg'], maximumBytes: 5 * MIB, published: true },
  OFFER_PROOF: { ...PROOF, reviewed: true },
  // an invoice as it was issued, or what proves that it may be returned
  INVOICE: { ...BASE, kinds: ['pdf', 'png', 'jpg', 'zip'], maximumBytes: 10 * MIB },
  // 50,000 rows of people take some 5 MiB
  MEMBERS: { ...BASE, kinds: ['xlsx', 'other'] },
  EXPORT: { ...BASE, kinds: ['xlsx', 'other'], maximumBytes: 2 * GIB },
};

/** @param site China takes a logo as JPG too (12.1) */
export function purposeRules(purpose: FilePurpose, site: Site): PurposeRules {
  const rules = RULES[purpose];
  return purpose === 'LOGO' && site === 'CN' ? { ...rules, kinds: ['png', 'jpg'] } : rules;
}
