import { InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEditor } from './editor-context.ts';
import { ChoiceField, Field } from './field.tsx';
import { percentOf, ratioOf } from './share.ts';

const modes = ['DEAL_PRICE', 'FLOOR_DISCOUNT'] as const;

/** What the marketplace sells itself: what the share is counted of, and the floor price above which distributors earn (3.3, 3.4). */
export function FloorFields() {
  const { t } = useTranslation();
  const { content, change } = useEditor();
  const { floorDiscount } = content;
  if (content.class === 'GENERAL') return null;
  return (
    <>
      <ChoiceField
        path="shareMode"
        label={t('publication.shareMode')}
        help={t('publication.shareModeHelp')}
        value={content.shareMode}
        options={modes.map((value) => ({ value, label: t(`publication.shareModes.${value}`) }))}
        onChange={(shareMode) => change({ shareMode })}
      />
      <Field path="floorDiscount" label={t('publication.floorDiscount')} help={t('publication.floorDiscountHelp')}>
        {(control) => (
          <InputNumber
            {...control}
            value={floorDiscount !== null && /^\d+(\.\d+)?$/.test(floorDiscount) ? percentOf(floorDiscount) : null}
            stringMode
            min="0"
            max="100"
            suffix="%"
            style={{ width: '100%', maxWidth: 200 }}
            onChange={(percent) => change({ floorDiscount: percent === null ? null : ratioOf(percent) })}
            data-testid="field-floorDiscount"
          />
        )}
      </Field>
    </>
  );
}
