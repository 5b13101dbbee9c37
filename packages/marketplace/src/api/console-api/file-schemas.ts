/** What the console API says and hears about files: one is sent as the raw body of `POST /api/console/files`. */
import { z } from 'zod';
import { fileRef } from '../../catalog/index.ts';
import { FILE_KINDS, FILE_PURPOSES } from '../../platform/files/purposes.ts';

export const filePurpose = z.enum(FILE_PURPOSES);
export const fileKind = z.enum(FILE_KINDS);

/** The query of an upload; the answer (201) is a `fileRef`. */
export const uploadQuery = z.object({
  purpose: filePurpose,
  /** as the person's computer names it, without folders */
  name: z.string().min(1).max(255),
  /** of what is sent; another one is refused (FILE_CHECKSUM) */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
export const keptFile = fileRef;

export const pictureSize = z.object({
  minimumWidth: z.number(),
  maximumWidth: z.number(),
  minimumHeight: z.number(),
  maximumHeight: z.number().nullable(),
});
/** What a file of a purpose may be on this site: shown before one is chosen. */
export const filePurposes = z.object({
  items: z.array(
    z.object({
      purpose: filePurpose,
      kinds: z.array(fileKind),
      maximumBytes: z.number(),
      picture: pictureSize.nullable(),
    }),
  ),
});
/** An address of a file for one person and one time. */
export const fileLink = z.object({ url: z.string(), expiresAt: z.string() });

export type FilePurposeView = z.infer<typeof filePurpose>;
export type FilePurposesView = z.infer<typeof filePurposes>;
export type FileRulesView = FilePurposesView['items'][number];
export type FileRefView = z.infer<typeof keptFile>;
export type FileLinkView = z.infer<typeof fileLink>;
