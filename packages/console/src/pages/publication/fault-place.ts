import { useTranslation } from 'react-i18next';
import { useText } from '../../i18n/text.ts';
import { useEditor } from './editor-context.ts';
import { columnsOf, priceKey } from './matrix.ts';
import { useColumnName } from './words.ts';

/** Where in the specifications a fault is, in words: specification, combination, price; of a text which language. */
export function useFaultPlace(): (path: string) => string {
  const { t } = useTranslation();
  const text = useText();
  const columnName = useColumnName();
  const { content } = useEditor();
  return (path) => {
    const [member, first, skus, second, prices, third] = path.split('.');
    const one = content.specifications[Number(first)];
    const last = path.split('.').at(-1);
    const language = last === 'zh' || last === 'en' ? t(`publication.language.${last}`) : '';
    if (member !== 'specifications' || one === undefined) return language;
    const words = [text(one.name) || t('publication.unnamed', { number: Number(first) + 1 })];
    const sku = skus === 'skus' ? one.skus[Number(second)] : undefined;
    words.push(...(sku?.attributes ?? []).map(({ value }) => text(value)));
    const price = prices === 'prices' ? sku?.prices[Number(third)] : undefined;
    const column = price && columnsOf(one).find(({ key }) => key === priceKey(price));
    return [...words, column === undefined ? '' : columnName(column), language]
      .filter((word) => word !== '')
      .join(' · ');
  };
}
