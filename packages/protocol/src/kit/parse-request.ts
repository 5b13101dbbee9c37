import type { z } from 'zod';
import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { limited } from '../diagnosis/limit.ts';
import { canonicalPayload, type JsonObject } from '../json.ts';
import { readBodyObject } from '../saas-v2/body-text.ts';
import { memberProblem } from '../saas-v2/member-problems.ts';
import { KIT_PATHS, type KitInterface, kitInterfaceOf } from './paths.ts';
import {
  type AllOrgSyncRequest,
  type ApplicationSyncRequest,
  type AuthSyncRequest,
  type KitRequest,
  kitRequests,
  type SingleOrgSyncRequest,
  type TenantSyncRequest,
} from './requests.ts';
import { tolerate } from './tolerate.ts';

/** The request of each interface. */
export interface KitRequests {
  readonly tenantSync: TenantSyncRequest;
  readonly applicationSync: ApplicationSyncRequest;
  readonly authSync: AuthSyncRequest;
  readonly singleOrgSync: SingleOrgSyncRequest;
  readonly allOrgSync: AllOrgSyncRequest;
}

/** A call that was understood; `diagnosis` warns of forms that the tables of V2.0 do not have. */
export type ReceivedKitRequest = {
  [I in KitInterface]: {
    readonly ok: true;
    readonly interface: I;
    readonly request: KitRequests[I];
    readonly diagnosis: Diagnosis[];
  };
}[KitInterface];

export interface RefusedKitRequest {
  readonly ok: false;
  readonly resultCode: '000002';
  readonly diagnosis: Diagnosis[];
}

/** The text of a request as it is signed and sent: sorted, null-free, compact (`saas-v2.md` 3.1, 3.2). */
export function encodeKitRequest(request: KitRequest): string {
  return canonicalPayload(request);
}

/**
 * Reads a kit call as a seller should: lists also as JSON strings, V1.0's `extension`, `orgInfo` and `name`, integers and
 * `enable` in the other type, ids that are empty for a credential also absent. `path` is that of the request, with or
 * without what the production address puts before it. Every refusal is `000002` (`saas-v2.md` 8).
 *
 * @example
 * const call = parseKitRequest('/produceAPI/v2/authSync', body);
 * if (call.ok && call.interface === 'authSync') for (const { userName } of call.request.userList) authorise(userName);
 */
export function parseKitRequest(path: string, body: string): ReceivedKitRequest | RefusedKitRequest {
  const kit = kitInterfaceOf(path);
  if (kit === null) {
    const expected = Object.values(KIT_PATHS).join(' | ');
    return refuse([diagnose('body.member-type', { member: 'path', expected, seen: path })]);
  }
  const read = readBodyObject(body);
  return read.ok ? readRequest(kit, read.object) : refuse([read.diagnosis]);
}

function readRequest(kit: KitInterface, object: JsonObject): ReceivedKitRequest | RefusedKitRequest {
  switch (kit) {
    case 'tenantSync':
      return parsed(kit, kitRequests.tenantSync, object);
    case 'applicationSync':
      return parsed(kit, kitRequests.applicationSync, object);
    case 'authSync':
      return parsed(kit, kitRequests.authSync, object);
    case 'singleOrgSync':
      return parsed(kit, kitRequests.singleOrgSync, object);
    case 'allOrgSync':
      return parsed(kit, kitRequests.allOrgSync, object);
  }
}

function parsed<I extends KitInterface>(kit: I, schema: z.ZodType<KitRequests[I]>, body: JsonObject) {
  const { object, diagnosis } = tolerate(kit, body);
  const read = schema.safeParse(object);
  if (!read.success) return refuse(read.error.issues.map((issue) => memberProblem(issue, object)));
  return { ok: true as const, interface: kit, request: read.data, diagnosis: limited(diagnosis) };
}

function refuse(diagnosis: Diagnosis[]): RefusedKitRequest {
  return { ok: false, resultCode: '000002', diagnosis: limited(diagnosis) };
}
