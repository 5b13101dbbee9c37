/**
 * A captured HTTP/1.1 message: request or status line, headers, blank line, body. Lines may end in CRLF or LF, as captures
 * and editors leave them; the body's bytes are never touched.
 */
export interface HttpMessage {
  readonly startLine: string;
  /** Null for a response. */
  readonly request: { readonly method: string; readonly target: string } | null;
  /** Names and values as they stand, outer blanks of values removed. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

export type ParsedMessage = { ok: true; message: HttpMessage } | { ok: false; problem: string };

export function parseHttpMessage(bytes: Uint8Array): ParsedMessage {
  const text = withoutByteOrderMark(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const { head, body } = splitHead(text);
  const [startLine = '', ...lines] = head.split(/\r?\n/);
  const request = /^([A-Z]+) (\S+) HTTP\/\d(?:\.\d)?$/.exec(startLine);
  if (request === null && !/^HTTP\/\d(?:\.\d)? \d{3}(?: .*)?$/.test(startLine)) {
    return { ok: false, problem: 'line 1: a request line (POST /path?query HTTP/1.1) or a status line expected' };
  }
  const headers: [string, string][] = [];
  for (const [index, line] of lines.entries()) {
    const folded = headers.at(-1);
    if (folded !== undefined && /^[ \t]/.test(line)) {
      // a value that goes on in the next line, as HTTP/1.1 allowed it once: the break counts as one blank (RFC 9112 5.2)
      folded[1] = `${folded[1]} ${line.trim()}`.trim();
      continue;
    }
    const header = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*?)[ \t]*$/.exec(line);
    if (header === null) return { ok: false, problem: `line ${index + 2}: a header "Name: value" expected` };
    headers.push([header[1] ?? '', header[2] ?? '']);
  }
  const framed = frame(headers, request?.[1] === 'GET' ? withoutBlankLines(body) : body);
  const line = request === null ? null : { method: request[1] ?? '', target: originForm(request[2] ?? '') };
  return { ok: true, message: { startLine, request: line, headers, body: framed } };
}

/**
 * The messages of a capture, as the `.http` files of editors write them: a line that begins with `###` parts two messages, and
 * lines that begin with `#` in front of a message are remarks. A capture without either is one message, byte for byte.
 */
export function messagesOf(capture: Uint8Array): Uint8Array[] {
  // latin1 keeps every byte as it is.
  const text = Buffer.from(capture.buffer, capture.byteOffset, capture.byteLength).toString('latin1');
  return text
    .split(/(?:\r?\n)*^###[^\n]*(?:\n|$)/m)
    .map((part) => part.replace(/^(?:#[^\n]*\n|\r?\n)+/, ''))
    .filter((part, index) => part !== '' || index === 0)
    .map((part) => Buffer.from(part, 'latin1'));
}

/** Headers by lower-case name; repeated ones joined as HTTP allows. */
export function headersByName(headers: HttpMessage['headers']): Record<string, string> {
  const byName: Record<string, string> = {};
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    byName[lower] = byName[lower] === undefined ? value : `${byName[lower]}, ${value}`;
  }
  return byName;
}

/** Query parameters of a request target, decoded once; `+` stays a plus. */
export function queryParameters(target: string): URLSearchParams {
  const at = target.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : target.slice(at + 1).replaceAll('+', '%2B'));
}

function splitHead(text: Buffer): { head: string; body: Buffer } {
  const ends = [
    { at: text.indexOf('\r\n\r\n'), length: 4 },
    { at: text.indexOf('\n\n'), length: 2 },
  ].filter((end) => end.at >= 0);
  const end = ends.toSorted((a, b) => a.at - b.at)[0];
  // Header values are bytes by definition; UTF-8 is what captures hold where they hold more than ASCII.
  if (end === undefined) return { head: text.toString('utf8').replace(/(\r?\n)+$/, ''), body: Buffer.alloc(0) };
  return { head: text.toString('utf8', 0, end.at), body: text.subarray(end.at + end.length) };
}

/**
 * Cuts what follows the body, e.g. the newline that an editor added, where the headers say how long the body is. More than white
 * space is not cut: then the body was edited, or its line ends were. Many tools keep `Transfer-Encoding: chunked` and show the
 * body without its chunks.
 */
function frame(headers: readonly (readonly [string, string])[], body: Buffer): Uint8Array {
  const byName = headersByName(headers);
  if (/\bchunked\b/i.test(byName['transfer-encoding'] ?? '')) return unchunk(body) ?? body;
  const length = byName['content-length'];
  if (length === undefined || !/^\d+$/.test(length)) return body;
  const rest = body.subarray(Number(length)).toString('latin1');
  return rest.trim() === '' ? body.subarray(0, Number(length)) : body;
}

function withoutByteOrderMark(text: Buffer): Buffer {
  return text.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? text.subarray(3) : text;
}

/** A GET without a body: the blank lines that an editor left behind it are none. */
function withoutBlankLines(body: Buffer): Buffer {
  return body.every((byte) => byte === 0x0d || byte === 0x0a) ? Buffer.alloc(0) : body;
}

function unchunk(body: Buffer): Uint8Array | null {
  const parts: Uint8Array[] = [];
  let at = 0;
  while (at < body.length) {
    const lineEnd = body.indexOf('\n', at);
    const size = /^([0-9a-fA-F]+)\s*(?:;.*)?\r?$/.exec(body.toString('latin1', at, Math.max(at, lineEnd)))?.[1];
    if (lineEnd < 0 || size === undefined) return null;
    const length = Number.parseInt(size, 16);
    if (length === 0) return Buffer.concat(parts);
    parts.push(body.subarray(lineEnd + 1, lineEnd + 1 + length));
    at = lineEnd + 1 + length;
    while (body[at] === 0x0d || body[at] === 0x0a) at += 1;
  }
  return null;
}

/** `http://host/path` of a proxy capture as `/path`. */
function originForm(target: string): string {
  return target.replace(/^https?:\/\/[^/?#]*(?=\/)/i, '');
}
