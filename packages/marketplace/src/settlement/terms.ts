/** What holds for every bill of a site unless somebody agreed on something else: tax rates (1.5), minimum (S2-6). */
import { decimal } from '../platform/exact.ts';
import { SITES, type Site } from '../platform/site.ts';
import type { Policy } from './facts.ts';

/** 1.5; telecom's rate is not published (Q2), nothing here is of that type */
export const TAX_RATES = { SOFTWARE: '0.13', HARDWARE: '0.13', SERVICE: '0.06', TELECOM: '0.06' } as const;

/** 1.5: what a small-scale payer invoices at */
export const SMALL_SCALE_RATE = '0.03';

/** S2-6: CNY 1000 on the China site, none elsewhere */
export const MINIMUM: Readonly<Record<Site, string>> = { CN: '1000', INTL: '0', EU: '0' };

/** By which the marketplace itself bills a site. */
export const policyFor = (site: Site): Policy => ({
  site,
  currency: SITES[site].currency,
  rounding: 'HALF_UP',
  minimum: decimal(MINIMUM[site]),
  calendar: 'cn',
});
