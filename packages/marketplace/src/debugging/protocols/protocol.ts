/** What debugging needs of a protocol: the form, the signed request, the reading of the answer. Pure; nothing is sent here. */
import type { Diagnosis } from '@jishi/protocol';
import type { HttpAnswer, TransportFault } from '../../platform/outbound.ts';
import type { Random } from '../../platform/random.ts';
import type { Result } from '../../platform/result.ts';

export type Parameters = Readonly<Record<string, string>>;

export interface FormField {
  readonly name: string;
  readonly required: boolean;
  /** what the form starts with; the same values can be laid out in the seller's system (S-22) */
  readonly preset: string;
  readonly maximum: number;
  /** the only values; null = any */
  readonly choices: readonly string[] | null;
  /** an emptied field is sent as an empty value instead of being left out */
  readonly sentEmpty: boolean;
}
export interface InterfaceForm {
  readonly activity: string;
  readonly fields: readonly FormField[];
}

export interface BuiltRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** null = none (GET) */
  readonly body: string | null;
  /** the instances that the request asks for */
  readonly instanceIds: readonly string[];
  readonly timeStamp: string;
}
export interface Reading {
  readonly resultCode: string | null;
  readonly resultMsg: string | null;
  readonly instanceId: string | null;
  readonly diagnosis: readonly Diagnosis[];
}

export interface DebugProtocol {
  readonly forms: readonly InterfaceForm[];
  /** A debugging call (testFlag 1) with a fresh signature. @returns PARAMETERS_INVALID naming members and rules */
  build(
    call: { readonly activity: string; readonly parameters: Parameters },
    target: { readonly url: string; readonly accessKey: string },
    fresh: { readonly at: Date; readonly random: Random },
  ): Result<BuiltRequest>;
  read(activity: string, built: BuiltRequest, answer: HttpAnswer, durationMs: number, accessKey: string): Reading;
  transport(fault: { readonly kind: TransportFault; readonly message: string }): Diagnosis;
}

type Options = Partial<Pick<FormField, 'choices' | 'maximum' | 'sentEmpty'>>;
const field = (name: string, required: boolean, preset: string, options: Options): FormField => ({
  name,
  required,
  preset,
  maximum: 64,
  choices: null,
  sentEmpty: false,
  ...options,
});
export const mandatory = (name: string, preset: string, options: Options = {}): FormField =>
  field(name, true, preset, options);
export const optional = (name: string, preset = '', options: Options = {}): FormField =>
  field(name, false, preset, options);
