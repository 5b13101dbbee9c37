/** Why a seller turns away what is signed rightly: named causes, each with what to do about it (saas-v2.md 3.1). */
import { type Diagnosis, type DiagnosisCode, diagnose, type Words } from '@jishi/protocol';

export type CauseKind =
  | 'case'
  | 'order'
  | 'nulls'
  | 'timestamp-unit'
  | 'encoding'
  | 'key'
  | 'inner-hash'
  | 'form'
  | 'members'
  | 'nonce'
  | 'clock'
  | 'place';

/** `what`: the mistake itself, in a few words. */
export interface Cause {
  readonly kind: CauseKind;
  readonly what: Words;
}

export function cause(kind: CauseKind, zh: string, en: string): Cause {
  return { kind, what: { zh, en } };
}

export const OTHER_KEY = cause(
  'key',
  '没有任何已知错误能解释，很可能双方使用的密钥不同',
  'no known mistake explains it: most likely the seller has another key',
);

/** `seen`: which call was turned away, and how. */
export function validRefused({ kind, what }: Cause, seen: string): Diagnosis {
  const texts = { cause: `${kind} – ${what.en}`, causeZh: `${kind} – ${what.zh}` };
  return { ...diagnose('security.valid-refused', { ...texts, seen }), fix: FIXES[kind] };
}

/** The cause on the checking side that a mistake of the signing side stands for. */
export function causeOfMistake(code: DiagnosisCode, what: Words): Cause {
  return { kind: KINDS[code] ?? 'form', what };
}

const KINDS: { readonly [C in DiagnosisCode]?: CauseKind } = {
  'request.signature-unsorted': 'order',
  'request.signature-descending': 'order',
  'request.signature-nulls': 'nulls',
  'request.signature-whitespace': 'encoding',
  'request.signature-escapes': 'encoding',
};

const FIXES: Readonly<Record<CauseKind, Words>> = {
  case: {
    zh: '比较签名时忽略十六进制的大小写：先把双方都转为小写（或直接比较字节），再做恒定时间比较。',
    en: 'Compare the hex without regard to letter case: bring both to lower case, or compare the bytes, in constant time.',
  },
  order: {
    zh: '验签前重新排序：只对最外层成员按名称升序（A→Z，Java TreeMap 的自然顺序）排列，嵌套对象保持原样，再紧凑序列化。',
    en: 'Sort before you verify: the top-level members only, by name ascending (A→Z, the natural order of a Java TreeMap); nested objects stay as they are; then serialise compactly.',
  },
  nulls: {
    zh: '去掉值为 null 的成员，保留值为空字符串的成员，再计算签名。',
    en: 'Drop members whose value is null, keep those with an empty string, then compute the signature.',
  },
  'timestamp-unit': {
    zh: 'timestamp 是 13 位毫秒：与毫秒时钟比较，并把 URL 中的原文放入规范串，不要换算成秒。',
    en: 'timestamp has 13 digits, milliseconds: compare it with a millisecond clock and put the very text of the URL into the canonical request.',
  },
  encoding: {
    zh: '请求体按 UTF-8 解码；重新序列化时用紧凑格式，除 "、\\ 和控制字符外不转义（关闭对 “/”、HTML 字符和非 ASCII 的转义）。',
    en: 'Decode the body as UTF-8 and serialise it compactly, escaping only ", \\ and control characters: switch off the escaping of “/”, HTML characters and non-ASCII.',
  },
  key: {
    zh: '核对密钥：它须与该接口绑定的 accessKey 完全一致（没有首尾空格或换行，不是套件接口的密钥），并按 UTF-8 原文使用，不要当作十六进制或 base64 解码。',
    en: 'Check the key: it must be the accessKey bound to this interface (no blanks or newline around it, not that of the kit), used as UTF-8 text and not decoded as hex or base64.',
  },
  'inner-hash': {
    zh: '内层摘要是 HMAC-SHA256(accessKey, 报文)，取小写十六进制文本，再拼入规范串。',
    en: 'The inner digest is HMAC-SHA256(accessKey, payload) as lower-case hex text, appended to the canonical request.',
  },
  form: {
    zh: '规范串为 accessKey + nonce + timestamp + 内层 HMAC 的十六进制，直接拼接；再以 accessKey 做一次 HMAC-SHA256，取十六进制。',
    en: 'Concatenate accessKey + nonce + timestamp + the inner HMAC in hex, without separators; HMAC-SHA256 that with accessKey once more and take the hex.',
  },
  members: {
    zh: '用收到的全部成员验签，包括 testFlag 和不认识的成员：对原始 JSON 排序，不要先转换成固定字段的对象，也不要改变值的类型。',
    en: 'Verify over every member received, testFlag and unknown ones included: sort the JSON as it came instead of an object with fixed fields, and change no types.',
  },
  nonce: {
    zh: 'nonce 是任意的非空随机串（常见 16 或 32 位字母数字、64 位大写十六进制）：不要校验它的长度和字符，只检查是否重复。',
    en: 'A nonce is any random text (16 or 32 letters and digits, 64 upper-case hex digits have been seen): check neither its length nor its characters, only that it is new.',
  },
  clock: {
    zh: '服务器时钟须与 NTP 同步；timestamp 与当前毫秒时间相差 60 秒以内（前后都算）都要接受。',
    en: 'Synchronise the clock of the server (NTP) and accept a timestamp within 60 s of it, in both directions.',
  },
  place: {
    zh: '基础接口的 signature、timestamp、nonce 在 URL 查询参数中；请求头 x-sign 等只用于套件接口。',
    en: 'Base calls carry signature, timestamp and nonce in the query of the URL; the headers x-sign … belong to the kit interfaces.',
  },
};
