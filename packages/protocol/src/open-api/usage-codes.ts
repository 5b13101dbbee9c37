import { MKT_CODES } from './mkt-codes.ts';

/** The two printed code tables of a usage push (`openapi.md` 5.2, O7): which one a marketplace answers with is its setting. */
export type UsageCodeSet = '2023' | '2025';

/** Why a whole call is refused. */
export type UsageCallFault = 'SIGNATURE' | 'PARAMETER' | 'BODY' | 'TOO_MANY' | 'INTERNAL';

const CODES: Readonly<Record<UsageCallFault, Readonly<Record<UsageCodeSet, string>>>> = {
  SIGNATURE: { '2023': 'MKT.0102', '2025': '94060002' },
  PARAMETER: { '2023': 'MKT.0101', '2025': 'MKT.0101' },
  BODY: { '2023': 'MKT.0199', '2025': 'MKT.0199' },
  TOO_MANY: { '2023': 'MKT.9003', '2025': 'MKT.9003' },
  INTERNAL: { '2023': 'MKT.0999', '2025': '94060001' },
};

const NEW_CODES: Record<string, { httpStatus: number; text: string }> = {
  '94060001': { httpStatus: 500, text: 'System error!' },
  '94060002': { httpStatus: 401, text: 'Invalid body sign' },
  '94060999': { httpStatus: 200, text: 'Failed' },
};

/** Record codes that the tables of 2023 print for the whole call (`openapi.md` 8, below the table). */
const WHOLE_CALL: Readonly<Record<string, string>> = {
  '001': 'MKT.9001',
  '002': 'MKT.9002',
  '003': 'MKT.9002',
  '007': 'MKT.9004',
  '009': 'MKT.0150',
};

export const SOME_RECORDS_FAILED = '94060999';

export const usageCallCode = (fault: UsageCallFault, set: UsageCodeSet): string => CODES[fault][set];

/** The whole call's code in the set of 2023; null = the record is found faulty later, and listed in the console. */
export const wholeCallCode = (recordCode: string): string | null => WHOLE_CALL[recordCode] ?? null;

export function usageCodeText(code: string): { httpStatus: number; text: string } {
  return NEW_CODES[code] ?? MKT_CODES[code] ?? { httpStatus: 500, text: 'System internal error.' };
}
