import { ACCOUNT_DATA } from './catalogue/account-data.ts';
import { AK_SK } from './catalogue/ak-sk.ts';
import { ANSWER_BODY } from './catalogue/answer-body.ts';
import { BODY_SIGN, KIT_AND_LICENSE } from './catalogue/body-sign-and-kit.ts';
import { CALL_SIGNATURE } from './catalogue/call-signature.ts';
import { CONDUCT } from './catalogue/conduct.ts';
import { TRANSPORT } from './catalogue/transport.ts';

/**
 * Every diagnosis there is. A name, once here, stays: the live marketplace, the conformance suite, the command line and the
 * seller SDK all speak with these codes.
 */
export const CATALOGUE = {
  ...TRANSPORT,
  ...ANSWER_BODY,
  ...CONDUCT,
  ...ACCOUNT_DATA,
  ...BODY_SIGN,
  ...KIT_AND_LICENSE,
  ...CALL_SIGNATURE,
  ...AK_SK,
};

export type DiagnosisCode = keyof typeof CATALOGUE;
