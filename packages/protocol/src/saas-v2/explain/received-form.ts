import { type Mistake, mistake } from '../../diagnosis/mistake.ts';

/**
 * The digest that a received signature stands for, as lower-case hex, and the mistake in how it is written. Decoding the form
 * first keeps it out of the search for other mistakes. Null when it is no 32-byte digest in any known form.
 */
export function readSignatureForm(signature: string): { digest: string; mistakes: Mistake[] } | null {
  const text = signature.trim();
  if (isDigestHex(text)) return { digest: text.toLowerCase(), mistakes: [] };
  if (/^[0-9a-fA-F]{128}$/.test(text)) {
    const inner = Buffer.from(text, 'hex').toString('latin1');
    return isDigestHex(inner)
      ? found(inner, '签名做了两次十六进制编码', 'the hex text was hex-encoded once more')
      : null;
  }
  const bytes = base64Bytes(text);
  if (bytes?.length === 32)
    return found(bytes.toString('hex'), '签名使用了 base64 而不是十六进制', 'base64 instead of hex');
  const inner = bytes?.toString('latin1') ?? '';
  return isDigestHex(inner) ? found(inner, '对十六进制文本又做了 base64', 'base64 of the hex text') : null;
}

function found(digest: string, zh: string, en: string): { digest: string; mistakes: Mistake[] } {
  return { digest: digest.toLowerCase(), mistakes: [mistake('request.signature-form', zh, en)] };
}

function isDigestHex(text: string): boolean {
  return /^[0-9a-fA-F]{64}$/.test(text);
}

/** In a query a `+` that was not encoded arrives as a blank; URL-safe base64 is taken as well. */
function base64Bytes(text: string): Buffer | null {
  const standard = text.replace(/[ -]/g, '+').replace(/_/g, '/');
  return /^[A-Za-z0-9+/]{43,88}={0,2}$/.test(standard) ? Buffer.from(standard, 'base64') : null;
}
