import { error } from './entry.ts';

/** Encrypted `userName` and `password`. */
export const ACCOUNT_DATA = {
  'secret.no-iv': error({
    summary: { zh: '密文前缺少 16 位 IV', en: 'The value lacks the IV of 16 characters in front' },
    expected: '16 characters of A–Z a–z 0–9, then base64',
    fix: {
      zh: '将 16 位随机 IV 明文拼接在 base64 密文之前，中间不加分隔符。',
      en: 'Put the 16 random characters of the IV in clear before the base64, without a separator.',
    },
    reference: 'saas-v2.md 4.1',
  }),
  'secret.form': error({
    summary: { zh: '密文的编码不对：{change}', en: 'The ciphertext is written otherwise: {change}' },
    expected: '16 characters of IV, then standard base64',
    fix: {
      zh: 'IV 之后使用标准 base64（带填充），不要用十六进制或 URL 安全的 base64。',
      en: 'Write the ciphertext after the IV as standard base64 with padding; neither hex nor URL-safe base64.',
    },
    reference: 'saas-v2.md 4.1',
  }),
  'secret.key': error({
    summary: { zh: '无法用该密钥解密', en: 'The value cannot be decrypted with this key' },
    expected: 'a value encrypted with the access key through SHA1PRNG',
    fix: {
      zh: '确认使用与接口绑定的密钥，并按 Java SHA1PRNG 派生 AES 密钥：不是密钥原文，也不是它的普通哈希。',
      en: 'Use the key bound to the interface, and derive the AES key by Java SHA1PRNG: neither the key text nor a plain hash of it.',
    },
    reference: 'saas-v2.md 4.2',
  }),
  'secret.length': error({
    summary: { zh: '加密后的值超过 128 个字符', en: 'The encrypted value is over 128 characters' },
    expected: 'at most 128 characters, IV included: 79 bytes of clear text',
    fix: {
      zh: '缩短用户名或密码：含 IV 共 128 个字符，明文最多 79 字节。',
      en: 'Shorten user name or password: 128 characters with the IV leave 79 bytes of clear text.',
    },
    reference: 'saas-v2.md 4.1',
  }),
  'secret.type': error({
    summary: { zh: 'encryptType 与实际使用的算法不符', en: 'encryptType says another algorithm than was used' },
    expected: '"1" for AES-256, "2" for AES-128',
    fix: {
      zh: '将 encryptType 改为 "{type}"，或改用其声明的算法加密。',
      en: 'Answer encryptType "{type}", or encrypt with the algorithm it names.',
    },
    reference: 'saas-v2.md 4.1',
  }),
  'secret.plain': error({
    summary: { zh: '要求加密的值以明文返回', en: 'Clear text where encryption is demanded' },
    expected: 'IV and base64 of the AES ciphertext',
    fix: {
      zh: '返回了 encryptType 时，userName 和 password 都必须加密；若不加密，请去掉 encryptType。',
      en: 'With encryptType both userName and password must be encrypted; leave encryptType out to send clear text.',
    },
    reference: 'saas-v2.md 4.1',
  }),
};
