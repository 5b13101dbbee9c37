import { compareCodeUnits } from '../../json.ts';
import { percentDecode, percentEncode, splitQuery, splitTarget } from '../../uri.ts';
import type { Change, WrongAkSk } from './change.ts';

/** Other ways to make path and query canonical, as clients have been seen to do it (`openapi.md` 3.7). */

export function pathChanges({ rawPath, headers, parts }: WrongAkSk): Change[] {
  const { path } = splitTarget(rawPath);
  const at = (uri: string, zh: string, en: string): Change => ({ code: 'aksk.path', zh, en, parts: { uri } });
  const whole = percentEncode(percentDecode(path)).replaceAll('%2F', '/');
  const decoded = new TextDecoder().decode(percentDecode(path));
  const version = /\/v\d+\/.*$/.exec(parts.uri)?.[0] ?? parts.uri;
  const host = headers.host ?? '';
  return [
    at(parts.uri.replace(/\/$/, ''), '规范路径缺少末尾的 “/”', 'no final / in the canonical path'),
    at(`${parts.uri}/`, '规范路径末尾多了一个 “/”', 'one / too many at the end'),
    at(path, '路径未编码', 'the path as it stands, not encoded'),
    at(path.endsWith('/') ? path : `${path}/`, '路径未编码', 'the path as it stands, not encoded'),
    ...[decoded, `${decoded}/`].map((each) =>
      at(each, '路径已解码但未重新编码', 'the path decoded and not encoded again'),
    ),
    at(lowerHex(parts.uri), '百分号编码使用了小写', 'lower-case hex in the percent-encoding'),
    at(version, '只对版本号之后的路径签名', 'the path from its version on, without what stands in front'),
    ...[rawPath, `${rawPath}/`].map((each) => at(each, '路径带有查询串', 'the path with the query behind it')),
    ...[`https://${host}${parts.uri}`, `http://${host}${parts.uri}`].map((each) =>
      at(each, '使用了完整 URL 而不是路径', 'the whole URL in place of the path'),
    ),
    at(
      whole.endsWith('/') ? whole : `${whole}/`,
      '先整体解码再分段',
      'the path decoded as a whole before it was split',
    ),
    at(parts.uri.replaceAll('%27', '%2527'), '撇号被编码了两次', 'an apostrophe encoded twice'),
  ];
}

export function queryChanges({ rawPath, parts: { query: canonical } }: WrongAkSk): Change[] {
  const { query } = splitTarget(rawPath);
  const pairs = splitQuery(query);
  const at = (text: string, zh: string, en: string): Change => ({ code: 'aksk.query', zh, en, parts: { query: text } });
  const join = (each: readonly { name: string; value: string }[]) =>
    each.map(({ name, value }) => `${name}=${value}`).join('&');
  const byName = sortedByName(pairs);
  const encoded = pairs.map(({ name, value }) => ({ name: reEncode(name), value: reEncode(value) }));
  const encodedByName = sortedByName(encoded);
  const caseless = encoded.toSorted((a, b) => compareCodeUnits(a.name.toLowerCase(), b.name.toLowerCase()));
  const twice = byName.map(({ name, value }) => ({ name: percentEncode(name), value: percentEncode(value) }));
  const text = (each: string) => new TextDecoder().decode(percentDecode(each));
  return [
    at(join(encoded), '查询参数未排序', 'the query was not sorted'),
    at(query, '查询串原样参与签名', 'the query as it stands, neither sorted nor encoded'),
    at('', '查询参数未参与签名', 'the query was left out'),
    at(join(byName), '查询参数未编码', 'names and values not encoded'),
    at(
      join(byName.map(({ name, value }) => ({ name: text(name), value: text(value) }))),
      '查询参数解码后未重新编码',
      'decoded and not encoded again',
    ),
    at(join(twice), '查询参数被编码了两次', 'names and values encoded twice'),
    at(
      join(encodedByName.map(({ name, value }) => ({ name: percentEncode(name), value: percentEncode(value) }))),
      '查询参数被编码了两次',
      'names and values encoded twice',
    ),
    at(join(encodedByName), '同名参数未按值排序', 'the same name repeated, not sorted by value'),
    at(canonical.split('&').toReversed().join('&'), '查询参数按降序排序', 'the query sorted Z→A'),
    at(
      join(encodedByName.filter(({ value }) => value !== '')),
      '值为空的参数未参与签名',
      'parameters without a value were left out',
    ),
    ...[encoded, encoded.toReversed()].map((each) =>
      at(
        join(sortedByName([...new Map(each.map((pair) => [pair.name, pair])).values()])),
        '同名参数只取了一个',
        'of a name given twice only one was signed',
      ),
    ),
    at(
      asForm(canonical),
      '按表单规则编码（Java URLEncoder）',
      'encoded by the rules of forms, as Java’s URLEncoder does',
    ),
    at(canonical.replaceAll('~', '%7E'), '“~” 被编码', 'a ~ was encoded'),
    at(
      canonical.replace(/%(21|27|28|29|2A)/g, (code) => decodeURIComponent(code)),
      "! * ' ( ) 未编码（encodeURIComponent）",
      "! * ' ( ) were not encoded, as encodeURIComponent leaves them",
    ),
    at(join(caseless), '排序时忽略了大小写', 'sorted without regard to case'),
    at(canonical.replaceAll('%20', '+'), '空格被写成了 “+”', 'a blank written as +'),
    at(canonical.replaceAll('%2B', '%20'), '“+” 被当作空格', 'a + taken for a blank'),
    at(lowerHex(canonical), '百分号编码使用了小写', 'lower-case hex in the percent-encoding'),
    at(canonical.replace(/=(?=&|$)/g, ''), '空值参数缺少 “=”', 'no = after a name without a value'),
    at(
      canonical.replace(/=(?=&|$)/g, '=undefined'),
      '空值按 undefined 参与签名',
      'an absent value signed as the text undefined',
    ),
  ];
}

const lowerHex = (text: string): string => text.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());

/** A blank as `+`, `*` as it is, `~` encoded. */
const asForm = (canonical: string): string =>
  canonical.replaceAll('%20', '+').replaceAll('%2A', '*').replaceAll('~', '%7E');

const sortedByName = <T extends { name: string }>(pairs: readonly T[]): T[] =>
  pairs.toSorted((a, b) => compareCodeUnits(a.name, b.name));

function reEncode(text: string): string {
  return percentEncode(percentDecode(text));
}
