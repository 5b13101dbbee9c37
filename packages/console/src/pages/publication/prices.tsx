import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftSku } from '../../api/publication-types.ts';
import { cheaperAt } from './brackets.ts';
import { ChargeItemFields } from './charge-item.tsx';
import { useEditor } from './editor-context.ts';
import {
  addColumn,
  columnsOf,
  newPrice,
  oddOnes,
  type PriceColumn,
  priceIn,
  removeColumn,
  setShape,
} from './matrix.ts';
import { MatrixTable } from './matrix-table.tsx';
import { newItem } from './new-parts.ts';
import { RangeEditor } from './range-editor.tsx';
import type { PartProps } from './specification-editor.tsx';
import { useColumnName } from './words.ts';

const mostItems = 50;

/** What is priced and by which ranges, then the price of each combination (catalogue.md 4). */
export function Prices({ index, specification }: PartProps) {
  const { t } = useTranslation();
  const { form, changeSpecification } = useEditor();
  const columns = useMemo(() => columnsOf(specification), [specification]);
  const { skus, chargingMode, linearAttribute } = specification;
  const put = (next: (skus: readonly DraftSku[]) => DraftSku[]): void =>
    changeSpecification(index, (one) => ({ ...one, skus: next(one.skus) }));
  const ranged = linearAttribute !== null || chargingMode === 'ON_DEMAND';
  const items = columns.flatMap(({ chargeItem }) => (chargeItem === null ? [] : [chargeItem.code]));
  return (
    <fieldset className="editor-group">
      <legend>{t('publication.prices', { currency: form.currency })}</legend>
      {chargingMode === 'PERIOD' && <Periods columns={columns} {...{ index, specification }} />}
      {columns.map((column) => (
        <div key={columns.indexOf(column)} className="editor-column">
          {column.chargeItem !== null && (
            <div className="editor-part">
              <ChargeItemFields
                path={`specifications.${index}.skus.0.prices.${columns.indexOf(column)}.chargeItem`}
                column={column}
                taken={items}
                onChange={put}
              />
              <Button
                type="text"
                icon={<DeleteOutlined />}
                disabled={columns.length === 1}
                aria-label={t('publication.removeItem', { code: column.chargeItem.code })}
                onClick={() => put((all) => removeColumn(all, column))}
              />
            </div>
          )}
          {ranged && (
            <RangeEditor
              column={column}
              usage={chargingMode === 'ON_DEMAND'}
              maximum={linearAttribute?.maximum ?? null}
              onChange={(shape) => put((all) => setShape(all, column, shape))}
            />
          )}
          <ColumnNotes column={column} skus={skus} onUnify={() => put((all) => setShape(all, column, column.shape))} />
        </div>
      ))}
      {chargingMode === 'ON_DEMAND' && (
        <div>
          <Button
            icon={<PlusOutlined />}
            disabled={columns.length >= mostItems}
            onClick={() => put((all) => addColumn(all, newPrice(null, form.currency, newItem(items))))}
            data-testid="add-charge-item"
          >
            {t('publication.addItem')}
          </Button>
        </div>
      )}
      <MatrixTable index={index} specification={specification} columns={columns} onChange={put} />
    </fieldset>
  );
}

/** C4: monthly, yearly or both; a period that was released stays. */
function Periods({ index, specification, columns }: PartProps & { columns: readonly PriceColumn[] }) {
  const { t } = useTranslation();
  const { draft, form, changeSpecification } = useEditor();
  const released = draft.released?.specifications.find((one) => one.specificationId === specification.specificationId);
  const kept = released === undefined ? [] : columnsOf(released).map(({ key }) => key);
  return (
    <div className="row">
      {(['month', 'year'] as const).map((period) => {
        const column = columns.find(({ key }) => key === period);
        return (
          <Checkbox
            key={period}
            checked={column !== undefined}
            disabled={column !== undefined && (columns.length === 1 || kept.includes(period))}
            onChange={() =>
              changeSpecification(index, (one) => ({
                ...one,
                skus:
                  column === undefined
                    ? addColumn(one.skus, newPrice(period, form.currency))
                    : removeColumn(one.skus, column),
              }))
            }
            data-testid={`period-${period}`}
          >
            {t(`period.by.${period}`)}
          </Checkbox>
        );
      })}
      <span className="soft">{t('publication.periodsHelp')}</span>
    </div>
  );
}

/** Hints that keep nobody from going on: combinations with other ranges, more units for less money (4.1). */
function ColumnNotes({ column, skus, onUnify }: { column: PriceColumn; skus: DraftSku[]; onUnify: () => void }) {
  const { t } = useTranslation();
  const columnName = useColumnName();
  const odd = oddOnes(skus, column).length;
  const cheaper = skus
    .map((sku) => priceIn(sku, column))
    .flatMap((price) => (price === undefined ? [] : (cheaperAt(price) ?? [])));
  const first = cheaper[0];
  return (
    <>
      {odd > 0 && (
        <p className="hint row">
          {t('publication.oddRanges', { count: odd, name: columnName(column) })}
          <Button size="small" onClick={onUnify}>
            {t('publication.unify')}
          </Button>
        </p>
      )}
      {first !== undefined && <p className="hint">{t('publication.cheaper', { quantity: first, less: first - 1 })}</p>}
    </>
  );
}
