/** Tables as files, made in the background and kept for three days (S5-11, S5-12). */

export { toCsv } from './csv.ts';
export {
  type Cell,
  EXPORT_DAYS,
  EXPORT_FORMATS,
  EXPORT_LANGUAGES,
  EXPORT_STATES,
  type ExportColumn,
  type ExportJob,
  type ExportLanguage,
  type ExportSource,
  type ExportSources,
  type Row,
} from './definition.ts';
export { expiryOf, type NewExport, requestExport, stepExports } from './service.ts';
export { EXPORTS, exportsOfUser, exportsSchema } from './store.ts';
export { toXlsx } from './xlsx.ts';
