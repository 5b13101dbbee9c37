import { z } from 'zod';
import { parseUtc } from '../time.ts';
import { decodeExtendParamsV1, EXTEND_PARAMS_MAX_CHARACTERS } from './extend-params.ts';

/**
 * The types of V1.0's query parameters (`saas-v1.md` 2.3, 6.0): text on the wire, and what the text means in a request.
 */

export function text(max: number) {
  return z.string().min(1).max(max);
}

/** Decimal digits only; `Integer(3)` of the tables is `integer(3)`. */
export function integer(digits: number) {
  const form = new RegExp(`^\\d{1,${digits}}$`);
  return z.string().regex(form, `an integer of at most ${digits} digits`).transform(Number);
}

/** The time of the request: 17 digits or `000002` (`saas-v1.md` 2.3). Which zone it is in, only its user knows. */
export const timeStamp = z.string().refine(isTimeStamp, 'yyyyMMddHHmmssSSS, UTC');

/** An end of use, UTC: 14 digits, 17 accepted (`saas-v1.md` 6.0.2, Q7). */
export const expireTime = z
  .string()
  .max(20)
  .refine((value) => parseUtc(value) !== null, 'yyyyMMddHHmmss, UTC');

/** An amount of money as decimal text, never a float: at most 3 decimals, 20 characters (`saas-v1.md` 6.0.1). */
export const amountPaid = z
  .string()
  .max(20)
  .regex(/^\d+(\.\d{1,3})?$/, 'a decimal ≥ 0 with at most 3 decimals');

/** As {@link amountPaid}; negative for a cancelled renewal (`saas-v1.md` 6.0.2). */
export const amountPaidOrReturned = z
  .string()
  .max(20)
  .regex(/^-?\d+(\.\d{1,3})?$/, 'a decimal with at most 3 decimals');

export const saasExtendParams = z
  .string()
  .max(EXTEND_PARAMS_MAX_CHARACTERS)
  .transform((value, context) => {
    const params = decodeExtendParamsV1(value);
    if (params !== null) return params;
    context.addIssue('base64 of a JSON list of {"name":"…","value":"…"}');
    return z.NEVER;
  });

function isTimeStamp(value: string): boolean {
  return value.length === 17 && parseUtc(value) !== null;
}
