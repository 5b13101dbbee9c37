/** Import and export of a catalogue as YAML and XLSX. */
export type { ExchangedProduct, ImportFault } from './document.ts';
export {
  exportedProducts,
  type Imported,
  type ImportedProduct,
  type ImportFile,
  importCatalogue,
} from './importing.ts';
export { toWorkbook } from './workbook-write.ts';
export { toYaml } from './yaml.ts';
