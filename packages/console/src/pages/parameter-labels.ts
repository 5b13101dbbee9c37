import { useQuery } from '@tanstack/react-query';
import { productQuery } from '../api/queries.ts';
import { useText } from '../i18n/text.ts';

/** What the product calls the parameters of an order; their wire names where the product cannot be read any more. */
export function useParameterLabel(goodsId: string, wanted: boolean): (name: string) => string {
  const text = useText();
  const product = useQuery({ ...productQuery(goodsId), enabled: wanted, staleTime: Number.POSITIVE_INFINITY }).data;
  return (name) => {
    const label = product?.orderParameters.find((parameter) => parameter.name === name)?.label;
    return label === undefined ? name : text(label);
  };
}
