/** Tables of an export: columns with their names in both languages and what stands in their cells. Pure. */
import type { Cell, ExportColumn, ExportLanguage, Row } from '../../platform/exports/index.ts';

export interface Column<T> {
  readonly zh: string;
  readonly en: string;
  readonly kind: ExportColumn['kind'];
  readonly cell: (row: T, language: ExportLanguage) => Cell;
}
export interface Table<T> {
  readonly columns: (language: ExportLanguage) => ExportColumn[];
  readonly row: (row: T, language: ExportLanguage) => Row;
}

export const word = (
  table: Readonly<Record<string, { readonly zh: string; readonly en: string }>>,
  value: string | null,
  language: ExportLanguage,
): Cell => (value === null ? null : (table[value]?.[language] ?? value));

type Of<T> = Column<T>['cell'];
export const text = <T>(zh: string, en: string, cell: Of<T>): Column<T> => ({ zh, en, kind: 'text', cell });
export const decimal = <T>(zh: string, en: string, cell: Of<T>): Column<T> => ({ zh, en, kind: 'decimal', cell });
export const instant = <T>(zh: string, en: string, cell: Of<T>): Column<T> => ({ zh, en, kind: 'instant', cell });

export function tableOf<T>(columns: readonly Column<T>[]): Table<T> {
  return {
    columns: (language) => columns.map((column) => ({ title: column[language], kind: column.kind })),
    row: (row, language) => columns.map(({ cell }) => cell(row, language)),
  };
}
