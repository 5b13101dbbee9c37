import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, InputNumber, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import {
  addRange,
  mostBrackets,
  type PriceMode,
  type PriceShape,
  removeRange,
  setLimit,
  withMode,
  wrongLimits,
} from './brackets.ts';
import type { PriceColumn } from './matrix.ts';
import { useColumnName } from './words.ts';

const modes = ['LINEAR', 'TIER', 'STEP'] as const satisfies readonly PriceMode[];

interface RangeEditorProps {
  readonly column: PriceColumn;
  /** ranges of usage, not of an ordered quantity */
  readonly usage: boolean;
  readonly maximum: number | null;
  readonly onChange: (shape: PriceShape) => void;
}

/** LINEAR, TIER or STEP, and where a range ends: the next one begins there, so that there is never a gap (C16). */
export function RangeEditor({ column, usage, maximum, onChange }: RangeEditorProps) {
  const { t } = useTranslation();
  const id = useId();
  const columnName = useColumnName();
  const { shape } = column;
  const wrong = wrongLimits(shape);
  const name = columnName(column);
  return (
    <div className="stack stack--tight">
      <div className="row">
        <label htmlFor={id}>{t('publication.pricingOf', { name })}</label>
        <Select<PriceMode>
          id={id}
          value={shape.mode}
          style={{ minWidth: 200 }}
          options={modes.map((value) => ({ value, label: t(`publication.modes.${value}`) }))}
          onChange={(mode) => onChange(withMode(shape, mode))}
          data-testid={`mode-${column.key}`}
        />
        <span className="soft">{t(`publication.modeHelp.${shape.mode}`)}</span>
      </div>
      {shape.mode !== 'LINEAR' && (
        <div className="row">
          {shape.limits.map((limit, index) => {
            const from = index === 0 ? 0 : (shape.limits[index - 1] ?? null);
            const label = t('publication.limit', { number: index + 1 });
            const place = `${column.key} limit ${index + 1}`;
            return (
              <span key={place} className="editor-range">
                <span className="num soft">{usage ? `(${from ?? '?'},` : `${from === null ? '?' : from + 1} –`}</span>
                <InputNumber
                  value={limit}
                  precision={0}
                  min={1}
                  max={999_999_999}
                  status={wrong.includes(index) ? 'error' : ''}
                  aria-invalid={wrong.includes(index)}
                  aria-label={`${name} ${label}`}
                  style={{ width: 100 }}
                  onChange={(next) => onChange(setLimit(shape, index, next))}
                  data-testid={`limit-${column.key}-${index}`}
                />
                {usage && <span className="soft">]</span>}
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={t('publication.removeOf', { name: `${name} ${label}` })}
                  onClick={() => onChange(removeRange(shape, index))}
                />
              </span>
            );
          })}
          <span className="num soft">{t('publication.andMore', { from: shape.limits.at(-1) ?? '?' })}</span>
          <Button
            size="small"
            icon={<PlusOutlined />}
            disabled={shape.limits.length + 1 >= mostBrackets}
            onClick={() => onChange(addRange(shape))}
            data-testid={`add-range-${column.key}`}
          >
            {t('publication.addRange')}
          </Button>
        </div>
      )}
      {wrong.length > 0 && <span className="fault">{t('publication.emptyRange')}</span>}
      {maximum !== null && shape.limits.some((limit) => limit !== null && limit >= maximum) && (
        <span className="hint">{t('publication.rangeBeyond', { maximum })}</span>
      )}
    </div>
  );
}
