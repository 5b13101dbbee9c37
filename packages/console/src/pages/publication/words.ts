import { useTranslation } from 'react-i18next';
import type { DraftContent } from '../../api/publication-types.ts';
import { useText } from '../../i18n/text.ts';
import type { PriceColumn } from './matrix.ts';

/** The access type in words; a License with the way it is delivered (license-and-other-types.md 2). */
export function useTypeName(): (product: Pick<DraftContent, 'accessType' | 'licenseVariant'>) => string {
  const { t } = useTranslation();
  return ({ accessType, licenseVariant }) =>
    licenseVariant === null
      ? t(`publication.types.${accessType}.name`)
      : `${t(`publication.types.${accessType}.name`)} · ${t(`publication.variants.${licenseVariant}.name`)}`;
}

/** A column of the price table: a period, the one price, or a charge item. */
export function useColumnName(): (column: PriceColumn) => string {
  const { t } = useTranslation();
  const text = useText();
  return ({ periodType, chargeItem }) => {
    if (chargeItem !== null) return text(chargeItem.name) || chargeItem.code;
    return periodType === null ? t('publication.onePrice') : t(`period.by.${periodType}`);
  };
}

/** A range of it: `1–10`, `11–50`, `51+`; nothing where there is one price for all. */
export function useCellName(): (column: PriceColumn, bracket: number) => string {
  const { t } = useTranslation();
  return ({ shape: { limits } }, bracket) => {
    if (limits.length === 0) return '';
    const before = bracket === 0 ? 0 : (limits[bracket - 1] ?? null);
    const from = before === null ? '?' : String(before + 1);
    const to = limits[bracket];
    return to === undefined ? t('publication.from', { from }) : `${from}–${to ?? '?'}`;
  };
}
