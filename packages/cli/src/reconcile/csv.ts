/** A CSV file as rows of texts (RFC 4180): quotes, line breaks within them; commas, semicolons or tabs between. */
import { TableFault, type TableRow } from '@jishi/marketplace';

/** UTF-8, what spreadsheets in China write without being asked, or what they call Unicode text. */
export function csvText(bytes: Uint8Array, name: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  for (const encoding of ['utf-8', 'gb18030'])
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // the next one
    }
  throw new TableFault(`${name}: neither UTF-8 nor GB 18030`);
}

/** Lines without content are left out. A row's number is that of the line on which it begins. */
export function csvRows(text: string, name: string): TableRow[] {
  const comma = separatorOf(text);
  const rows: TableRow[] = [];
  let [place, line] = [0, 1];
  while (place < text.length) {
    const begin = line;
    const cells: string[] = [];
    for (;;) {
      const cell = text[place] === '"' ? quotedCell() : plainCell();
      cells.push(cell);
      if (text[place] !== comma) break;
      place += 1;
    }
    if (text[place] === '\r') place += 1;
    if (text[place] === '\n') place += 1;
    line += 1;
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ row: begin, cells });
  }
  return rows;

  function plainCell(): string {
    const start = place;
    while (place < text.length && text[place] !== comma && text[place] !== '\n' && text[place] !== '\r') place += 1;
    return text.slice(start, place);
  }

  function quotedCell(): string {
    let value = '';
    for (;;) {
      const end = text.indexOf('"', place + 1);
      if (end === -1) throw new TableFault(`${name}: row ${line}: a quotation mark is not closed`);
      const part = text.slice(place + 1, end);
      line += part.split('\n').length - 1;
      value += part;
      place = end + 1;
      if (text[place] !== '"') break;
      value += '"';
    }
    const after = text[place];
    if (after !== undefined && after !== comma && after !== '\n' && after !== '\r')
      throw new TableFault(`${name}: row ${line}: "${after}" stands behind a closing quotation mark`);
    return value;
  }
}

/** Whichever of the three the heading has most of. */
function separatorOf(text: string): string {
  const [heading = ''] = text.split('\n', 1);
  const count = (sign: string) => heading.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
