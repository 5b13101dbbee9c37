import { type CallVerdict, type ReceivedCall, verifyCall } from '../saas-v2/verify.ts';
import { signKit } from './sign.ts';

/** Verifies a kit call: as {@link verifyBase}, with the values of x-sign, x-timestamp and x-nonce (`saas-v2.md` 3.2). */
export function verifyKit(call: ReceivedCall): CallVerdict {
  return verifyCall('kit', call, (input) => signKit(input).signature);
}
