/** The seller's share: a ratio of six decimals on the wire, per cent of four for people. Exact: only the point moves. Pure. */

/** `0.95` → `95` */
export function percentOf(ratio: string): string {
  const [whole = '0', fraction = ''] = ratio.split('.');
  const digits = `${whole}${fraction.padEnd(2, '0')}`;
  const cut = whole.length + 2;
  const rest = digits.slice(cut).replace(/0+$/, '');
  return `${Number(digits.slice(0, cut))}${rest === '' ? '' : `.${rest}`}`;
}

/** `95` → `0.95`; what is no plain number is kept as it is, and the rule says so */
export function ratioOf(percent: string): string {
  const [, whole, fraction = ''] = /^(\d{1,9})(?:\.(\d*))?$/.exec(percent.trim()) ?? [];
  if (whole === undefined) return percent.trim();
  const digits = whole.padStart(3, '0');
  const rest = `${digits.slice(-2)}${fraction}`.replace(/0+$/, '');
  return `${Number(digits.slice(0, -2))}${rest === '' ? '' : `.${rest}`}`;
}
