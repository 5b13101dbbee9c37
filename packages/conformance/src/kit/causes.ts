/** Why a seller turns away a kit call that is signed rightly (saas-v2.md 3.2): what the kit has otherwise than base calls. */
import type { Diagnosis, Words } from '@jishi/protocol';
import { type Cause, type CauseKind, validRefused } from '../saas-v2/causes.ts';

/** `seen`: which call was turned away, and how. */
export function kitRefused(cause: Cause, seen: string): Diagnosis {
  const found = validRefused(cause, seen);
  return { ...found, fix: FIXES[cause.kind] ?? found.fix, reference: 'saas-v2.md 3.2' };
}

const FORM: Words = {
  zh: '规范串为 accessKey + nonce + timestamp + 报文本身，直接拼接，没有内层 HMAC；再以 accessKey 做一次 HMAC-SHA256，取十六进制。',
  en: 'Concatenate accessKey + nonce + timestamp + the payload itself, without separators and without an inner HMAC; HMAC-SHA256 that with accessKey and take the hex.',
};

const FIXES: { readonly [K in CauseKind]?: Words } = {
  form: FORM,
  'inner-hash': FORM,
  order: {
    zh: '验签前重新排序：套件请求在传输时并不是有序的。只对最外层成员按名称升序（A→Z）排列，userList 等内部保持原样，再紧凑序列化。',
    en: 'Sort before you verify: kit bodies do not come sorted. The top-level members only, by name ascending (A→Z); what is inside userList and the like stays as it is; then serialise compactly.',
  },
  'timestamp-unit': {
    zh: 'x-timestamp 是 13 位毫秒：与毫秒时钟比较，并把请求头中的原文放入规范串，不要换算成秒，也不要改用报文中的 timeStamp。',
    en: 'x-timestamp has 13 digits, milliseconds: compare it with a millisecond clock and put the very text of the header into the canonical request; timeStamp of the body is something else.',
  },
  key: {
    zh: '核对密钥：套件接口绑定的 accessKey 与基础接口的不同；须完全一致（没有首尾空格或换行），按 UTF-8 原文使用，不要当作十六进制或 base64 解码。',
    en: 'Check the key: the accessKey bound to the kit interfaces is another than that of the base interfaces; no blanks or newline around it, used as UTF-8 text and not decoded as hex or base64.',
  },
  place: {
    zh: '套件接口的签名数据在请求头 x-sign、x-timestamp、x-nonce 中，名称不区分大小写；查询参数只用于基础接口。',
    en: 'Kit calls carry their signature data in the headers x-sign, x-timestamp and x-nonce, whose names have no letter case; the query is for base calls.',
  },
};
