import type { BuiltRequest } from './protocols/index.ts';

/** The request as a command for a shell (S-22): one line a part, everything quoted. */
export function curlOf({ method, url, headers, body }: BuiltRequest): string {
  const parts = [
    `curl -sS -i -X ${method} ${quoted(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === null ? [] : [`--data-raw ${quoted(body)}`]),
  ];
  return parts.join(' \\\n  ');
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
