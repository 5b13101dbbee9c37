/** A catalogue file as the import takes it: YAML as text, a workbook as base64. */
export interface ChosenFile {
  readonly name: string;
  readonly format: 'yaml' | 'xlsx';
  readonly data: string;
}

export async function readCatalogueFile(file: File): Promise<ChosenFile> {
  const { name } = file;
  if (!name.toLowerCase().endsWith('.xlsx')) return { name, format: 'yaml', data: await file.text() };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const chunk = 8_192;
  const parts = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, index) =>
    String.fromCharCode(...bytes.subarray(index * chunk, (index + 1) * chunk)),
  );
  return { name, format: 'xlsx', data: btoa(parts.join('')) };
}
