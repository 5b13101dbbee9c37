import { type ParsedRequestV1, readParameters } from './parse-request.ts';
import { type AuthTokenOptions, type AuthTokenRefusal, checkAuthToken } from './verify-auth-token.ts';

/**
 * Reads a base call as a seller receives it, in the order of `saas-v1.md` 3.3: timeStamp and authToken present, token right
 * (`000001`), then activity, mandatory parameters and their form (`000002`). What the product says is step 4, the seller's own.
 *
 * @example
 * const received = receiveRequestV1(rawQuery, key, { repairPlus: true });
 * if (!received.ok) return answer(received.resultCode);
 */
export function receiveRequestV1(
  rawQuery: string,
  key: string,
  options: AuthTokenOptions = {},
): ParsedRequestV1 | AuthTokenRefusal {
  const checked = checkAuthToken(rawQuery, key, options);
  return checked.ok ? readParameters(checked.parameters) : checked;
}
