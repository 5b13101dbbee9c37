/** Countries that a seller may narrow a product to (C51, S-85): the site's own market; the China site has no sales regions. */
import type { Site } from '../../platform/site.ts';

const REGIONS: Readonly<Record<Site, readonly string[]>> = {
  CN: [],
  INTL: 'AE AR BR CL CO EG HK ID JP KE KR MO MX MY NG PE PH PK SA SG TH TR VN ZA'.split(' '),
  EU: 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
};

export const regionChoices = (site: Site): readonly string[] => REGIONS[site];
