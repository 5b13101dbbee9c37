/**
 * Looks at a version before it may be sold (L18, L25). A scanner of one's own implements `Scanner`; the built-in one
 * checks what can be checked without a virus scanner: that the bytes are the ones that were sent, their type, and the
 * vulnerabilities that the seller's own report names.
 */
import { createHash } from 'node:crypto';
import { readFile } from '../../platform/files/index.ts';
import type { Platform } from '../../platform/platform.ts';

import type { FileRef } from '../definition.ts';
import type { ScanCheck } from './definition.ts';
import type { Asset, AssetVersion } from './store.ts';

export interface Scanner {
  readonly name: string;
  /** @throws when it can not look now: it is asked again later */
  scan(asset: Asset, version: AssetVersion): Promise<readonly ScanCheck[]>;
}

/** L18: known vulnerabilities from this score on are not taken */
const WORST_CVSS = '7.0';
/** `9.8` → 98: one decimal each, so that no fraction is compared */
const tenths = (score: string): number => Number(score.replace('.', ''));
const PACKAGE_TYPES = ['application/zip', 'application/x-tar', 'application/gzip'];

export function builtInScanner(platform: Platform): Scanner {
  return {
    name: 'built-in',
    async scan(asset, { source, file }) {
      const checks: ScanCheck[] = [];
      if (file !== null) checks.push(await checksum(platform, file));
      if (file !== null && asset.kind === 'APPLICATION') checks.push(packageType(file));
      if (source.kind === 'APPLICATION' || source.kind === 'IMAGE') checks.push(vulnerabilities(source));
      if (source.kind === 'CONTAINER' || source.kind === 'AI_MODEL') checks.push(reference(source.reference));
      if (asset.info.kind === 'API_GROUP') checks.push(authentication());
      return checks;
    },
  };
}

async function checksum(platform: Platform, file: FileRef): Promise<ScanCheck> {
  const bytes = await readFile(platform, file);
  // a folder that is not mounted is no fault of the seller's
  if (bytes === null) throw new Error(`the bytes of file ${file.fileId} are missing`);
  const hash = createHash('sha256');
  for await (const piece of bytes) if (piece instanceof Uint8Array) hash.update(piece);
  const passed = hash.digest('hex') === file.sha256;
  return check('CHECKSUM', 'L21', passed, [
    passed ? '文件内容与校验值一致。' : '文件内容与校验值不一致。',
    passed ? 'The content matches its checksum.' : 'The content does not match its checksum.',
  ]);
}

function packageType({ mediaType }: FileRef): ScanCheck {
  const passed = PACKAGE_TYPES.includes(mediaType);
  return check('TYPE', 'L18', passed, [
    passed ? '文件类型为 zip、tar 或 tar.gz。' : `文件类型为 ${mediaType}，应用包必须为 zip、tar 或 tar.gz。`,
    passed ? 'The package is a zip, tar or tar.gz.' : `The package is ${mediaType}; it must be a zip, tar or tar.gz.`,
  ]);
}

function vulnerabilities(source: {
  readonly kind: string;
  readonly vulnerabilities: readonly { readonly id: string; readonly cvss: string }[];
}): ScanCheck {
  const severe = source.vulnerabilities.filter(({ cvss }) => tenths(cvss) >= tenths(WORST_CVSS));
  const named = severe.map(({ id, cvss }) => `${id} (${cvss})`).join(', ');
  return check('VULNERABILITY', source.kind === 'IMAGE' ? 'L25' : 'L18', severe.length === 0, [
    severe.length === 0
      ? `没有 CVSS ${WORST_CVSS} 及以上的已知漏洞。`
      : `存在 CVSS ${WORST_CVSS} 及以上的已知漏洞：${named}。请修复后提交新版本。`,
    severe.length === 0
      ? `No known vulnerability with CVSS ${WORST_CVSS} or higher.`
      : `Known vulnerabilities with CVSS ${WORST_CVSS} or higher: ${named}. Mend them and submit a new version.`,
  ]);
}

const reference = (text: string): ScanCheck =>
  check('REFERENCE', '9', true, [`引用 ${text} 格式正确。`, `The reference ${text} is well formed.`]);
const authentication = (): ScanCheck =>
  check('AUTHENTICATION', '9', true, ['仅使用 APP 认证。', 'App authentication is the only one used.']);

const check = (name: string, rule: string, passed: boolean, [zh, en]: readonly [string, string]): ScanCheck => ({
  check: name,
  rule,
  passed,
  message: { zh, en },
});
