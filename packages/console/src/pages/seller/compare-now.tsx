import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { debugProductsQuery } from '../../api/debugging.ts';
import { startComparison } from '../../api/lives.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { useText } from '../../i18n/text.ts';
import { may } from '../../shell/areas.ts';

/** Asks the seller of a product at once for its instances, e.g. to see that a repair holds. */
export function CompareNow() {
  const { t } = useTranslation();
  const text = useText();
  const id = useId();
  const allowed = may(useQuery(sessionQuery).data, 'difference.compare');
  const products = useQuery({ ...debugProductsQuery, enabled: allowed });
  const [chosen, setChosen] = useState<string>();
  const compare = useCommand({ run: startComparison, refresh: ['differences'], done: t('differences.begun') });
  const items = products.data?.items ?? [];
  const goodsId = chosen ?? items[0]?.goodsId;
  if (!allowed || goodsId === undefined) return null;
  return (
    <div className="row">
      <label htmlFor={id}>{t('differences.product')}</label>
      <Select
        id={id}
        value={goodsId}
        onChange={setChosen}
        options={items.map((each) => ({ value: each.goodsId, label: text(each.name) }))}
        popupMatchSelectWidth={false}
        data-testid="compare-product"
      />
      <Button loading={compare.isPending} onClick={() => compare.mutate(goodsId)} data-testid="compare-now">
        {t('differences.compare')}
      </Button>
    </div>
  );
}
