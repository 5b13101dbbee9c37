/** What the console API says and hears about files of people: import, template, export (E-16, E-17). */
import { z } from 'zod';
import { COLUMN_NAMES, IMPORT_STATES, ROW_FAULTS } from '../../directory/index.ts';
import { EXPORT_FORMATS, EXPORT_LANGUAGES } from '../../platform/exports/definition.ts';
import { instant } from './schemas.ts';

const column = z.enum(COLUMN_NAMES);

export const importJob = z
  .object({
    importId: z.string(),
    fileName: z.string(),
    state: z.enum(IMPORT_STATES),
    rowsRead: z.number().int(),
    /** null = not known yet */
    rowsTotal: z.number().int().nullable(),
    rowsFaulty: z.number().int(),
    /** new ones, of rows without faults */
    members: z.number().int(),
    departments: z.number().int(),
    encoding: z.string().nullable(),
    /** what is wrong with the file as a whole; CHANGED = the directory changed after the check, look again */
    error: z
      .enum(['ENCODING', 'DAMAGED', 'NO_COLUMNS', 'TOO_MANY_ROWS', 'EMPTY', 'READ_ONLY', 'TOO_MANY', 'CHANGED'])
      .nullable(),
    createdAt: instant,
    finishedAt: instant.nullable(),
  })
  .openapi('MemberImport');
export const importJobs = z.object({ items: z.array(importJob) });
export const newImport = z.strictObject({ fileId: z.uuid() });
export const importId = z.object({ importId: z.string() });
export const importDecision = z.strictObject({ decision: z.enum(['APPLY', 'APPLY_VALID', 'DISCARD']) });
export const importRowQuery = z.object({
  faulty: z.enum(['true', 'false']).default('false'),
  cursor: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const importRow = z.object({
  row: z.number().int(),
  values: z.partialRecord(column, z.string()),
  faults: z.array(z.object({ column, code: z.enum(ROW_FAULTS) })),
});
export const importRowPage = z
  .object({ items: z.array(importRow), nextCursor: z.string().nullable() })
  .openapi('MemberImportRows');
export const fileQuery = z.object({
  format: z.enum(EXPORT_FORMATS).default('xlsx'),
  language: z.enum(EXPORT_LANGUAGES).default('zh'),
});
/** a download */
export const file = z.unknown();

export type ImportJobView = z.infer<typeof importJob>;
export type ImportRowPage = z.infer<typeof importRowPage>;
export type ImportDecision = z.infer<typeof importDecision>['decision'];
