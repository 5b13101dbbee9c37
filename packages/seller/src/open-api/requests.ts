/** The requests of each interface and how their answers are read (openapi.md 5). Pure but for the nonce. */
import { createHash } from 'node:crypto';
import {
  activatedLicence,
  activationAnswer,
  canonicalPayloadDeep,
  isJsonObject,
  type JsonInput,
  type LicenceInfo,
  licenceInfoAnswer,
  parseJson,
  signUsagePush,
  type UsagePushBody,
  usagePushAnswer,
} from '@jishi/protocol';
import type { OpenApiRequest } from './exchange.ts';
import type { Read } from './judge.ts';
import type { ActivatedLicence, ActiveUser, RefusedUsage, ReportedActivity } from './result.ts';

const PREFIX = '/api/mkp-openapi-public/global';
const JSON_TYPE = 'application/json';

export function orderRequest(query: Readonly<Record<string, string>>): OpenApiRequest {
  // Blanks are %20 in a signed query, never `+` (openapi.md 3.4).
  const text = new URLSearchParams(query).toString().replaceAll('+', '%20');
  return { method: 'GET', path: `${PREFIX}/v1/order/query?${text}`, contentType: JSON_TYPE, body: '' };
}

export const post = (path: string, body: JsonInput): OpenApiRequest => ({
  method: 'POST',
  path: `${PREFIX}${path}`,
  contentType: JSON_TYPE,
  body: JSON.stringify(body),
});

/** A2: sorted, serialised once, and that very text signed and sent, with its own time and nonce in each attempt (5.2). */
export function usageRequest(body: UsagePushBody, accessKey: string, nonce: () => string): OpenApiRequest {
  const text = canonicalPayloadDeep(body);
  return {
    method: 'POST',
    path: `${PREFIX}/v1/isv/usage-data`,
    contentType: JSON_TYPE,
    body: text,
    headersAt(nowMs) {
      const [ts, once] = [String(nowMs), nonce()];
      return { ...signUsagePush({ accessKey, ts, nonce: once, body: text }), ts, nonce: once };
    },
  };
}

/** A3, outside the prefix of the others. */
export const plainUsageRequest = (body: JsonInput): OpenApiRequest => ({
  ...post('', body),
  path: '/rest/marketplace/v1/isv/usage-data',
});

/** An extension of the marketplace, outside the prefix too. */
export const activityRequest = (users: readonly ActiveUser[]): OpenApiRequest => {
  const records = users.map(({ instanceId, userName, at }) => ({
    ...{ instance_id: instanceId, user_name: userName, active_time: at.toISOString() },
  }));
  return { ...post('', { records }), path: '/api/ext/v1/activity-data' };
};

export type Licence =
  | { readonly characters: string }
  | { readonly fileName: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** A7: a form, whose boundary is made here so that the body can be sent again as it is. */
export async function uploadRequest(eventId: string, licence: Licence): Promise<OpenApiRequest> {
  const form = new FormData();
  const described =
    'characters' in licence
      ? { type: 'CHARACTERS', characters: licence.characters }
      : {
          type: 'FILE',
          file_name: licence.fileName,
          sha256: createHash('sha256').update(licence.bytes).digest('hex'),
        };
  form.append('isvUpdateFileReq', new Blob([JSON.stringify(described)], { type: JSON_TYPE }));
  if ('bytes' in licence) form.append('file', new Blob([licence.bytes]), licence.fileName);
  const encoded = new Response(form);
  return {
    method: 'POST',
    path: `${PREFIX}/v1/market-event/${encodeURIComponent(eventId)}/file`,
    contentType: encoded.headers.get('content-type') ?? 'multipart/form-data',
    body: new Uint8Array(await encoded.arrayBuffer()),
  };
}

export const readNothing: Read<null> = () => ({ ok: true, value: null });

export const readUsageAnswer: Read<readonly RefusedUsage[]> = (body) => {
  const parsed = usagePushAnswer.safeParse(body);
  if (!parsed.success) return { ok: false, reason: 'the list of refused records can not be read' };
  return {
    ok: true,
    value: (parsed.data.data ?? []).map((each) => ({
      meteringSn: each.metering_sn ?? '',
      instanceId: each.instance_id ?? '',
      code: each.error_code,
      message: each.error_msg ?? '',
    })),
  };
};

export const readActivity: Read<ReportedActivity> = (body) => {
  const { data } = body;
  if (!isJsonObject(data)) return { ok: false, reason: 'data is missing' };
  const { taken, repeated, failed } = data;
  if (typeof taken !== 'number' || typeof repeated !== 'number' || !Array.isArray(failed))
    return { ok: false, reason: 'data has no taken, repeated and failed' };
  const refused = failed.map((each) => {
    const { place, error_code, error_msg } = isJsonObject(each) ? each : {};
    return { place: Number(place), code: String(error_code ?? ''), message: String(error_msg ?? '') };
  });
  return { ok: true, value: { taken, repeated, failed: refused } };
};

/** null: activated, and nothing told about it (`data` may be absent) */
export const readActivation: Read<ActivatedLicence | null> = (body) => {
  const text = activationAnswer.safeParse(body).data?.data?.license_code_info;
  if (text === undefined) return { ok: true, value: null };
  const json = parseJson(text);
  const licence = activatedLicence.safeParse(json.ok ? json.value : null);
  return licence.success ? { ok: true, value: licence.data } : { ok: false, reason: 'license_code_info is no licence' };
};

export const readInfos: Read<readonly LicenceInfo[]> = (body) => {
  const parsed = licenceInfoAnswer.safeParse(body);
  if (!parsed.success) return { ok: false, reason: 'data holds no licence' };
  const { data } = parsed.data;
  return { ok: true, value: Array.isArray(data) ? data : [data] };
};
