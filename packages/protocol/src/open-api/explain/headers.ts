import { compareCodeUnits } from '../../json.ts';
import { canonicalHeaders } from '../canonical.ts';
import type { Change, WrongAkSk } from './change.ts';

/** `openapi.md` 2.1: a request that is repeated on the fallback host has to be signed again. */
const PUBLISHED_HOSTS = [
  'mkt.myhuaweicloud.com',
  'mkt.myhuaweicloud.cn',
  'mkt-intl.myhuaweicloud.com',
  'mkt.myhuaweicloud.eu',
  'mkt-euro.myhuaweicloud.com',
];

/** Other ways to take the signed headers and the method. */

export function headerChanges({ headers, parts }: WrongAkSk): Change[] {
  const { signedHeaders } = parts;
  const at = (headerBlock: string, zh: string, en: string): Change => ({
    code: 'aksk.header-value',
    zh,
    en,
    parts: { headerBlock },
  });
  const sorted = signedHeaders.toSorted(compareCodeUnits);
  const host = headers.host ?? '';
  const port = /:\d+$/.exec(host)?.[0] ?? '';
  const otherHosts = [
    ...[host.replace(/:\d+$/, ''), `${host}:443`, `${host}:80`, host.toUpperCase()],
    ...['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}${port}`),
    ...PUBLISHED_HOSTS,
  ];
  const type = headers['content-type'] ?? '';
  const withHost = [...signedHeaders, 'host'].toSorted(compareCodeUnits);
  return [
    at(
      signedHeaders.map((name) => `${name}:${headers[name] ?? ''}\n`).join(''),
      '头部值未去除首尾空格',
      'values were not trimmed',
    ),
    at(
      canonicalHeaders(sorted, headers),
      '头部按名称排序，与 SignedHeaders 顺序不同',
      'the block sorted otherwise than SignedHeaders',
    ),
    at(
      canonicalHeaders(
        signedHeaders.toSorted((a, b) => a.localeCompare(b)),
        headers,
      ),
      '头部块按语言区域规则排序，与 SignedHeaders 顺序不同',
      'the block sorted by locale, SignedHeaders by code unit',
    ),
    ...outerBlanks(signedHeaders, headers).map((block) =>
      at(block, '头部值首尾的空格参与了签名', 'a value signed with the blanks around it'),
    ),
    at(
      signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().toLowerCase()}\n`).join(''),
      '头部值被转换为小写',
      'values in lower case',
    ),
    at(
      signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replaceAll(', ', ',')}\n`).join(''),
      '同名头部用不带空格的逗号合并',
      'a header given twice joined by a comma without a blank',
    ),
    ...namesAsGiven(headers.authorization, signedHeaders).map(
      (names): Change => ({
        code: 'aksk.header-value',
        zh: 'SignedHeaders 未转换为小写即参与签名',
        en: 'the names of SignedHeaders signed in upper case',
        parts: { signedHeaders: names },
      }),
    ),
    at(parts.headerBlock.slice(0, -1), '头部块后缺少空行', 'no empty line after the headers'),
    at(
      signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`).join(''),
      '头部值内部的空白被压缩',
      'inner white space was reduced',
    ),
    ...otherHosts.map((each) =>
      at(
        canonicalHeaders(signedHeaders, { ...headers, host: each }),
        `签名时的 Host 为 ${each}`,
        `signed for host ${each}`,
      ),
    ),
    ...[type.split(';', 1)[0] ?? '', `${type};charset=utf-8`, `${type}; charset=utf-8`, `${type};charset=UTF-8`].map(
      (each) =>
        at(
          canonicalHeaders(signedHeaders, { ...headers, 'content-type': each }),
          `签名时的 Content-Type 为 ${each}`,
          `signed with content type ${each}`,
        ),
    ),
    ...(signedHeaders.includes('host')
      ? []
      : [
          {
            ...at(canonicalHeaders(withHost, headers), 'Host 参与了签名', 'host was signed'),
            code: 'aksk.host-not-signed',
          } as const,
          {
            code: 'aksk.host-not-signed',
            zh: 'Host 参与了签名',
            en: 'host was signed',
            parts: { headerBlock: canonicalHeaders(withHost, headers), signedHeaders: withHost },
          } as const,
        ]),
  ];
}

export function methodChanges({ parts }: WrongAkSk): Change[] {
  const method = parts.method.toLowerCase();
  return [{ code: 'aksk.header-value', zh: '请求方法使用了小写', en: 'the method in lower case', parts: { method } }];
}

/** The wire does not show outer blanks of a value any more: each header is tried with one in front, behind, and both. */
function outerBlanks(signedHeaders: readonly string[], headers: Readonly<Record<string, string>>): string[] {
  return signedHeaders.flatMap((name) =>
    [' v', 'v ', ' v '].map((form) =>
      signedHeaders
        .map((each) => {
          const value = (headers[each] ?? '').trim();
          return `${each}:${each === name ? form.replace('v', () => value) : value}\n`;
        })
        .join(''),
    ),
  );
}

/** The names as the header has them, where that is not in lower case. */
function namesAsGiven(authorization: string | undefined, signedHeaders: readonly string[]): string[][] {
  const names = /SignedHeaders=([^,\s]+)/.exec(authorization ?? '')?.[1]?.split(';') ?? [];
  return names.join(';') === signedHeaders.join(';') ? [] : [names];
}
