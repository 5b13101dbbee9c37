/** CSV as office programs write it (RFC 4180; comma, semicolon or tab). Pure. */

/** Rows with the number of the line at which each begins; empty lines are passed over. */
export function* parseCsv(text: string): Generator<{ readonly line: number; readonly cells: readonly string[] }> {
  const delimiter = delimiterOf(text);
  let [cells, cell, quoted, line, began]: [string[], string, boolean, number, number] = [[], '', false, 1, 1];
  for (let place = 0; place <= text.length; place += 1) {
    const sign = text[place];
    if (quoted) {
      if (sign === '"' && text[place + 1] === '"') {
        cell += '"';
        place += 1;
      } else if (sign === '"') quoted = false;
      else if (sign === undefined) quoted = false;
      else {
        if (sign === '\n') line += 1;
        cell += sign;
        continue;
      }
      if (sign !== undefined) continue;
    }
    if (sign === '"' && cell === '') quoted = true;
    else if (sign === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (sign === '\n' || sign === '\r' || sign === undefined) {
      cells.push(cell);
      if (cells.some((each) => each.trim() !== '')) yield { line: began, cells };
      [cells, cell] = [[], ''];
      if (sign === '\r' && text[place + 1] === '\n') place += 1;
      line += 1;
      began = line;
    } else cell += sign;
  }
}

/** The one that stands most often in the first line. */
function delimiterOf(text: string): string {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: first.split(sign).length }));
  return counted.toSorted((one, other) => other.count - one.count)[0]?.sign ?? ',';
}
