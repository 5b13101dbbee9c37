/** The protocols that sellers speak. */
import type { ProtocolAdapter } from './adapter.ts';
import { kitV1, kitV2 } from './kit.ts';
import { licenseCode } from './license-code.ts';
import { licenseIdentification } from './license-identification.ts';
import { licenseProvisioning } from './license-provisioning.ts';
import { saasV1 } from './saas-v1.ts';
import { saasV2 } from './saas-v2.ts';

export * from './adapter.ts';

const ADAPTERS: Readonly<Record<string, ProtocolAdapter>> = {
  'saas-v2': saasV2,
  'saas-v1': saasV1,
  'kit-v2': kitV2,
  'kit-v1': kitV1,
  'license-identification': licenseIdentification,
  'license-code': licenseCode,
  'license-provisioning': licenseProvisioning,
};

export function adapterOf(protocol: string): ProtocolAdapter {
  const adapter = ADAPTERS[protocol];
  if (!adapter) throw new Error(`no seller speaks ${protocol}`);
  return adapter;
}
