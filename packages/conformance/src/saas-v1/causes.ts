/** Why a seller refuses what is signed rightly: named causes, each with what to do about it (saas-v1.md 11, F5, F6, F8). */
import { type Diagnosis, type DiagnosisCode, diagnose, inWordsOfV1, type Words } from '@jishi/protocol';

export type CauseKind = 'plus-sign' | 'encoding' | 'order' | 'nulls' | 'parameters' | 'key' | 'timestamp' | 'form';

/** `what`: the mistake itself, in a few words. */
export interface Cause {
  readonly kind: CauseKind;
  readonly what: Words;
}

export function cause(kind: CauseKind, zh: string, en: string): Cause {
  return { kind, what: { zh, en } };
}

/** `seen`: which request was refused, and how. */
export function validRefused({ kind, what }: Cause, seen: string): Diagnosis {
  const texts = { cause: `${kind} – ${what.en}`, causeZh: `${kind} – ${what.zh}` };
  return { ...inWordsOfV1(diagnose('security.valid-refused', { ...texts, seen })), ...ADVICE[kind] };
}

/** The cause that a known mistake of the signing side is on the checking side. */
export function causeOfMistake(code: DiagnosisCode, what: Words): Cause {
  return { kind: KINDS[code] ?? 'key', what };
}

const KINDS: { readonly [C in DiagnosisCode]?: CauseKind } = {
  'request.signature-key': 'key',
  'request.signature-form': 'form',
  'request.signature-unsorted': 'order',
  'request.signature-descending': 'order',
  'request.signature-nulls': 'nulls',
  'request.auth-token-parameters': 'parameters',
  'request.auth-token-encoding': 'encoding',
  'request.auth-token-plus': 'plus-sign',
};

const ADVICE: Readonly<Record<CauseKind, { readonly fix: Words; readonly reference: string }>> = {
  'plus-sign': {
    reference: 'saas-v1.md 11 F6',
    fix: {
      zh: '“+” 以 %2B 发送，解码一次即得到 “+”：不要对框架已解码的参数再次解码，也不要把值里的空格与 “+” 互换。',
      en: 'A “+” is sent as %2B and is a “+” after decoding once: do not decode again what the framework has decoded, and do not exchange blanks and “+” in values.',
    },
  },
  encoding: {
    reference: 'saas-v1.md 11 F5a',
    fix: {
      zh: '每个参数（包括 authToken）按 UTF-8 恰好解码一次，用解码后的原文计算和比较：密文不解密，base64 不解码。',
      en: 'Decode every parameter, authToken included, exactly once as UTF-8, and compute and compare with that text: ciphertexts stay encrypted, base64 stays base64.',
    },
  },
  order: {
    reference: 'saas-v1.md 11 F5f',
    fix: {
      zh: '不依赖参数到达的顺序：按参数名的字符编码升序重新排列（大写在小写之前，如 Java TreeMap），再拼接。',
      en: 'Do not rely on the order of arrival: sort by name, ascending by code unit (upper case before lower case, as a Java TreeMap does), then join.',
    },
  },
  nulls: {
    reference: 'saas-v1.md 3.1',
    fix: {
      zh: '值为空的参数也参与签名，写作 name=；只有套件接口（POST）才去掉空值。',
      en: 'Keep a parameter whose value is empty as name=; only kit calls (POST) drop empty values.',
    },
  },
  parameters: {
    reference: 'saas-v1.md 11 F5e',
    fix: {
      zh: '不要使用固定的参数名列表：除 authToken 外，收到的所有参数（包括未知参数和 timeStamp）都参与签名。',
      en: 'Do not build the text from a fixed list of names: sign everything received except authToken, unknown parameters and timeStamp included.',
    },
  },
  key: {
    reference: 'saas-v1.md 11 F8',
    fix: {
      zh: 'HMAC 密钥为 Key 后直接拼接请求中的 timeStamp；核对 Key 是否与此处一致、首尾有无空格或换行。',
      en: 'Key the HMAC with the Key followed by the timeStamp of the request, and check that the Key is the one given here, without blanks or newline around it.',
    },
  },
  timestamp: {
    reference: 'saas-v1.md 2.3',
    fix: {
      zh: '基础接口的 timeStamp 为 UTC 时间 yyyyMMddHHmmssSSS（17 位）；若要校验时间窗口，请按 UTC 解析并同步时钟（NTP）。',
      en: 'timeStamp of base calls is UTC, yyyyMMddHHmmssSSS, 17 digits; to check a window, parse it as UTC and synchronise the clock (NTP).',
    },
  },
  form: {
    reference: 'saas-v1.md 3.1',
    fix: {
      zh: '待签名串为 name=value 以 & 连接（首尾没有 &），authToken 为其 HMAC-SHA256 的标准 base64（带填充，44 个字符），比较时区分大小写。',
      en: 'Join name=value with & (none at the ends); authToken is the HMAC-SHA256 of that as standard base64 with padding, 44 characters.',
    },
  },
};
