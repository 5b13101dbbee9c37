/**
 * Exports as jobs (S5-11, S5-12): somebody asks for a table, a worker writes it as a file, the person who asked fetches
 * it within three days. The foundation knows how; what can be exported is told by sources.
 */

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
export const EXPORT_LANGUAGES = ['zh', 'en'] as const;
export type ExportLanguage = (typeof EXPORT_LANGUAGES)[number];

/**
 * WAITING: not begun, or to be begun again. RUNNING: a worker writes it. DONE: the file can be fetched until it expires.
 * FAILED: given up. From the last two it disappears with its file after `EXPORT_DAYS`.
 */
export const EXPORT_STATES = ['WAITING', 'RUNNING', 'DONE', 'FAILED'] as const;
export type ExportState = (typeof EXPORT_STATES)[number];

/** kept 3 days (S5-11) */
export const EXPORT_DAYS = 3;

export interface ExportJob {
  readonly exportId: string;
  /** who asked; nobody else sees it */
  readonly userId: string;
  readonly kind: string;
  /** what the source was asked for, as it said itself */
  readonly parameters: unknown;
  readonly format: ExportFormat;
  readonly language: ExportLanguage;
  /** without ending */
  readonly name: string;
  readonly state: ExportState;
  readonly rows: number;
  /** null = not known before the end */
  readonly totalRows: number | null;
  readonly attempts: number;
  readonly fileId: string | null;
  readonly size: number | null;
  /** code of a refusal; INTERNAL = our own fault */
  readonly error: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** decimal: an exact number in plain notation. instant: ISO 8601 in UTC. */
export type CellKind = 'text' | 'decimal' | 'instant';
export interface ExportColumn {
  readonly title: string;
  readonly kind: CellKind;
}
/** null = an empty cell */
export type Cell = string | null;
export type Row = readonly Cell[];

/** A table that can be exported. */
export interface ExportSource<P> {
  columns(job: ExportJob): readonly ExportColumn[];
  /** @returns null where counting costs as much as reading */
  total(platform: P, job: ExportJob): Promise<number | null>;
  /** Rows by pages, in the order of the file; only a page is in memory at a time. */
  pages(platform: P, job: ExportJob): AsyncIterable<readonly Row[]>;
}
export type ExportSources<P> = Readonly<Record<string, ExportSource<P>>>;
