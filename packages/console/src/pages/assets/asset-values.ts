import type { AssetInfoView, AssetKindView, AssetSourceView, FileRefView } from '@jishi/marketplace/console-api';

/** What the forms hold, and what it says to the API. A form has the fields of one kind; the others are absent. */
export interface InfoValues {
  readonly name: string;
  readonly osType?: 'LINUX' | 'WINDOWS';
  readonly osVersion?: string;
  readonly arch?: 'x86_64' | 'aarch64';
  readonly minDiskGiB?: number;
  readonly minRamMiB?: number;
  readonly agency?: string;
  readonly securityGroup?: readonly SecurityRule[];
  readonly format?: string;
  readonly modelKind?: 'MODEL' | 'ALGORITHM';
  readonly deployments?: readonly ('ONLINE' | 'BATCH' | 'EDGE')[];
  readonly containerKind?: 'CHART' | 'IMAGE';
  readonly gateway?: 'APIG' | 'AGENTS';
  readonly groupId?: string;
  readonly regionId?: string;
}
export interface SecurityRule {
  readonly protocol: 'TCP' | 'UDP' | 'ICMP';
  readonly ports?: string;
  readonly source: string;
}
export interface VersionValues {
  readonly version: string;
  readonly releaseNotes?: string;
  readonly origin?: ImageOrigin;
  readonly sourceImageId?: string;
  readonly sizeGiB?: number;
  readonly sha256?: string;
  readonly regions?: readonly string[];
  readonly reference?: string;
  readonly apis?: number;
  /** one a line: `CVE-2026-0001 7.5` */
  readonly vulnerabilities?: string;
}
export const imageOrigins = [
  'PRIVATE_SYSTEM_DISK',
  'DATA_DISK',
  'FULL_MACHINE',
  'ISO',
  'ENCRYPTED',
  'SHARED',
  'PUBLISHED',
  'REBUILT',
] as const;
export type ImageOrigin = (typeof imageOrigins)[number];

export function infoOf(kind: AssetKindView, values: InfoValues): AssetInfoView {
  switch (kind) {
    case 'APPLICATION':
      return { kind };
    case 'IMAGE':
      return {
        kind,
        osType: values.osType ?? 'LINUX',
        osVersion: values.osVersion ?? '',
        arch: values.arch ?? 'x86_64',
        minDiskGiB: values.minDiskGiB ?? 0,
        minRamMiB: values.minRamMiB ?? 0,
        agency: values.agency ?? '',
        securityGroup: (values.securityGroup ?? []).map((rule) => ({ ...rule, ports: rule.ports ?? '' })),
      };
    case 'DATA_FILE':
      return { kind, format: values.format ?? '' };
    case 'AI_MODEL':
      return { kind, modelKind: values.modelKind ?? 'MODEL', deployments: [...(values.deployments ?? [])] };
    case 'CONTAINER':
      return { kind, containerKind: values.containerKind ?? 'CHART' };
    case 'API_GROUP':
      return {
        kind,
        gateway: values.gateway ?? 'APIG',
        groupId: values.groupId ?? '',
        regionId: values.regionId ?? '',
        authentication: 'APP',
      };
  }
}

export function sourceOf(kind: AssetKindView, values: VersionValues, file: FileRefView | null): AssetSourceView {
  const vulnerabilities = vulnerabilitiesIn(values.vulnerabilities ?? '') ?? [];
  switch (kind) {
    case 'APPLICATION':
      return { kind, fileId: file?.fileId ?? '', vulnerabilities };
    case 'DATA_FILE':
      return { kind, fileId: file?.fileId ?? '' };
    case 'IMAGE':
      return {
        kind,
        origin: values.origin ?? 'PRIVATE_SYSTEM_DISK',
        sourceImageId: (values.sourceImageId ?? '').trim(),
        sizeBytes: Math.round((values.sizeGiB ?? 0) * 1024 ** 3),
        sha256: (values.sha256 ?? '').trim().toLowerCase(),
        regions: [...(values.regions ?? [])],
        vulnerabilities,
      };
    case 'AI_MODEL':
    case 'CONTAINER':
      return { kind, reference: (values.reference ?? '').trim() };
    case 'API_GROUP':
      return { kind, apis: values.apis ?? 0 };
  }
}

/** `CVE-2026-0001 7.5`, one a line. null = a line that can not be read */
export function vulnerabilitiesIn(text: string): { id: string; cvss: string }[] | null {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const read = lines.map((line) => /^([A-Z]{2,8}-[0-9A-Za-z-]{4,32})\s+(10(?:\.0)?|\d(?:\.\d)?)$/.exec(line));
  const found = read.flatMap((match) => {
    const [, id, score] = match ?? [];
    return id === undefined || score === undefined ? [] : [{ id, cvss: score.includes('.') ? score : `${score}.0` }];
  });
  return found.length === lines.length ? found : null;
}
