import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RoleName } from '../../api/members.ts';
import { ownProductsQuery } from '../../api/publication.ts';
import { useText } from '../../i18n/text.ts';

const MOST_LISTED = 100;

/** Roles of a seller that reach assigned products only, in one thing or another (consoles-and-processes.md 6.2). */
export const reachesAssigned = (role: RoleName): boolean => role === 'SP' || role === 'SD' || role === 'SS';

interface GoodsChoiceProps {
  /** given by the form */
  readonly value?: readonly string[];
  readonly onChange?: (goodsIds: readonly string[]) => void;
  readonly id?: string;
}

/** The seller's products, several of them. */
export function GoodsChoice({ value = [], onChange, id }: GoodsChoiceProps) {
  const { t } = useTranslation();
  const text = useText();
  const products = useQuery(ownProductsQuery({ limit: MOST_LISTED }));
  return (
    <Select
      mode="multiple"
      {...(id === undefined ? {} : { id })}
      value={[...value]}
      onChange={(chosen: string[]) => onChange?.(chosen)}
      loading={products.isPending}
      optionFilterProp="label"
      placeholder={t('members.productsNone')}
      options={(products.data?.items ?? []).map(({ goodsId, name }) => ({ value: goodsId, label: text(name) }))}
      data-testid="member-goods"
    />
  );
}
