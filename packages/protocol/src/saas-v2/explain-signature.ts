import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';

export interface WrongSignature {
  readonly form: 'base' | 'kit';
  readonly accessKey: string;
  readonly body: string;
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
}

/** Names the mistake that reproduces a wrong signature. */
export function explainCallSignature(wrong: WrongSignature): Diagnosis[] {
  return [diagnose('request.signature-key', { seen: wrong.signature })];
}
