import { ApiError } from '../../api/problem.ts';

/** A failure that came as a code in the address. */
export const faultOf = (code: string): ApiError => new ApiError({ type: 'about:blank', title: code, status: 0, code });
