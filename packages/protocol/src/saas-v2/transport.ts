import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';

export interface TransportError {
  readonly kind: 'dns' | 'refused' | 'reset' | 'timeout' | 'tls' | 'blocked';
  readonly message: string;
}

/** The diagnosis of a call that got no answer at all. */
export function diagnoseTransport(error: TransportError): Diagnosis {
  return diagnose(`transport.${error.kind}`, { seen: error.message });
}
