import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftSku } from '../../api/publication-types.ts';
import { BothField, Field } from './field.tsx';
import { type PriceColumn, renameItem } from './matrix.ts';

interface ChargeItemProps {
  readonly path: string;
  readonly column: PriceColumn;
  readonly taken: readonly string[];
  readonly onChange: (next: (skus: readonly DraftSku[]) => DraftSku[]) => void;
}

/** What is counted (C30): its code on the wire, its name and unit. A code that another has waits in the field until it differs. */
export function ChargeItemFields({ path, column, taken, onChange }: ChargeItemProps) {
  const { t } = useTranslation();
  const item = column.chargeItem;
  const [code, setCode] = useState(item?.code ?? '');
  useEffect(() => setCode(item?.code ?? ''), [item?.code]);
  if (item === null) return null;
  const put = (patch: Partial<typeof item>): void =>
    onChange((skus) => renameItem(skus, column, { ...item, ...patch }));
  const clash = code !== item.code;
  return (
    <div className="stack stack--tight">
      <Field
        path={`${path}.code`}
        label={t('publication.itemCode')}
        help={clash ? undefined : t('publication.itemCodeHelp')}
      >
        {(control) => (
          <>
            <Input
              {...control}
              value={code}
              status={clash ? 'error' : control.status}
              aria-invalid={clash || control['aria-invalid']}
              style={{ maxWidth: 240 }}
              onChange={(event) => {
                const next = event.target.value;
                setCode(next);
                if (!taken.some((one) => one === next && one !== item.code)) put({ code: next });
              }}
              data-testid="item-code"
            />
            {clash && <div className="fault">{t('publication.itemCodeTaken')}</div>}
          </>
        )}
      </Field>
      <div className="editor-two">
        <BothField
          path={`${path}.name`}
          label={t('publication.itemName')}
          value={item.name}
          onChange={(name) => put({ name })}
        />
        <BothField
          path={`${path}.unit`}
          label={t('publication.unit')}
          value={item.unit}
          onChange={(unit) => put({ unit })}
        />
      </div>
    </div>
  );
}
