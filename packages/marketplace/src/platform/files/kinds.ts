/** What a file is, by its content; its name only tells the old office formats apart, which share one container. */
import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type/node';
import type { Packing } from './archive.ts';
import type { FileKind } from './purposes.ts';

const MEDIA: Readonly<Record<FileKind, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  mp4: 'video/mp4',
  webm: 'video/webm',
  pdf: 'application/pdf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  zip: 'application/zip',
  tar: 'application/x-tar',
  'tar.gz': 'application/gzip',
  other: 'application/octet-stream',
};
export const mediaTypeOf = (kind: FileKind): string => MEDIA[kind];

/** What is a program is taken for no purpose: nobody's computer is to run what a marketplace hands over as data. */
const PROGRAMS = new Set(['exe', 'elf', 'macho', 'msi', 'dmg', 'class', 'swf', 'lnk', 'crx', 'deb', 'rpm', 'apk']);
const OLD_OFFICE: Readonly<Record<string, FileKind>> = { doc: 'doc', xls: 'xls', ppt: 'ppt' };
const isKind = (text: string): text is FileKind => text in MEDIA;

/** @returns null = of a type that is never taken */
export async function kindOf(path: string, name: string): Promise<FileKind | null> {
  const found = await fileTypeFromFile(path);
  if (found === undefined) return 'other';
  const { ext } = found;
  if (PROGRAMS.has(ext)) return null;
  if (ext === 'cfb') return OLD_OFFICE[name.toLowerCase().split('.').at(-1) ?? ''] ?? 'other';
  return isKind(ext) ? ext : 'other';
}

/** A zip that a word processor wrote in an order of its own. */
export function officeKind(entryNames: ReadonlySet<string>): FileKind {
  if (!entryNames.has('[Content_Types].xml')) return 'zip';
  if (entryNames.has('word/document.xml')) return 'docx';
  if (entryNames.has('xl/workbook.xml')) return 'xlsx';
  return entryNames.has('ppt/presentation.xml') ? 'pptx' : 'zip';
}

/** How it is packed, whatever it is called: office files, jars and many others are zips. null = not packed */
export async function packingOf(path: string, kind: FileKind): Promise<Packing | null> {
  if (kind === 'tar' || kind === 'tar.gz') return kind;
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (buffer.toString('latin1', 0, 2) === 'PK') return 'zip';
    return buffer.readUInt16BE(0) === 0x1f8b ? 'gz' : null;
  } finally {
    await file.close();
  }
}
