import type { DebugBenchView, DebugInputView } from '@jishi/marketplace/console-api';

/** What the debugging form sends, told from what was typed. */

export type InterfaceForm = DebugBenchView['interfaces'][number];
export interface Target {
  readonly addressId: string;
  readonly path: string;
}

/** The form's values at first. */
export const presetsOf = (form: InterfaceForm): Record<string, string> =>
  Object.fromEntries(form.fields.map(({ name, preset }) => [name, preset]));

/** Empty fields are left out, but for those that are sent empty. */
export function inputOf(
  form: InterfaceForm,
  values: Readonly<Record<string, string | undefined>>,
  target: Target | null,
): DebugInputView {
  const parameters = form.fields.flatMap(({ name, sentEmpty }) => {
    const value = values[name]?.trim() ?? '';
    return value === '' && !sentEmpty ? [] : [[name, value] as const];
  });
  return { activity: form.activity, parameters: Object.fromEntries(parameters), target };
}

/** A path as a production address has one. */
export const isPath = (text: string): boolean => /^\/(?!\/)[\x21-\x7e]*$/.test(text);

/** The path of the product's own address: what another address most likely has too. */
export function pathOf(url: string): string {
  if (!URL.canParse(url)) return '/';
  const { pathname, search } = new URL(url);
  return pathname + search;
}
