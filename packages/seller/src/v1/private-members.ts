/** mobilePhone and email of a newInstance, in clear (saas-v1.md 2.4, 5.2). */
import type { NewInstanceRequestV1 } from '@jishi/protocol';
import type { ContextV1 } from './context.ts';

/**
 * What cannot be decrypted is undefined and reported: the order need not fail over a telephone number, unless the handler
 * says so. A debugging call may carry made-up values, so nothing is reported of it.
 */
export function privateMembers(context: ContextV1, request: NewInstanceRequestV1, test: boolean) {
  const read = (member: 'mobilePhone' | 'email'): string | undefined => {
    const value = request[member];
    if (value === undefined) return undefined;
    const opened = context.decrypt(value);
    if (opened.ok) return opened.text ?? undefined;
    const { activity, orderId } = request;
    if (!test) context.report({ kind: 'unreadable', activity, orderId, member, diagnosis: opened.diagnosis });
    return undefined;
  };
  return { mobilePhone: read('mobilePhone'), email: read('email') };
}
