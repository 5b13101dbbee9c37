import { licenseCode, licenseIdentification, licenseProvisioning } from './license.ts';
import type { DebugProtocol, InterfaceForm, Parameters } from './protocol.ts';
import { saasV1 } from './saas-v1.ts';
import { saasV2 } from './saas-v2.ts';

export type { BuiltRequest, DebugProtocol, FormField, InterfaceForm, Parameters, Reading } from './protocol.ts';

const PROTOCOLS: Readonly<Record<string, DebugProtocol>> = {
  'saas-v2': saasV2,
  'saas-v1': saasV1,
  'license-identification': licenseIdentification,
  'license-code': licenseCode,
  'license-provisioning': licenseProvisioning,
};

/** @throws for a protocol that no product can have */
export function debugProtocol(name: string): DebugProtocol {
  const found = PROTOCOLS[name];
  if (!found) throw new Error(`no debugging for protocol ${name}`);
  return found;
}

export const formOf = (protocol: string, activity: string): InterfaceForm | null =>
  debugProtocol(protocol).forms.find((form) => form.activity === activity) ?? null;

/** Only what the form has, and only what says something: the same input gives the same case. */
export function tidy(form: InterfaceForm, parameters: Parameters): Parameters {
  return Object.fromEntries(
    form.fields.flatMap(({ name, sentEmpty }) => {
      const value = parameters[name]?.trim();
      return value === undefined || (value === '' && !sentEmpty) ? [] : [[name, value]];
    }),
  );
}
