import { useTranslation } from 'react-i18next';
import { useEditor } from './editor-context.ts';
import { BothField, ChoiceField, GroupFaults, NumberField, SwitchField } from './field.tsx';
import { quantityCodes, quantityOf } from './new-parts.ts';
import type { PartProps } from './specification-editor.tsx';

/** The one quantity attribute (C8, C10, C13): how much may be bought at once. Hardware always has it (L36). */
export function QuantityFields({ index, specification }: PartProps) {
  const { t } = useTranslation();
  const { rules, changeSpecification } = useEditor();
  const path = `specifications.${index}.linearAttribute`;
  const linear = specification.linearAttribute;
  const put = (next: typeof linear): void => changeSpecification(index, (one) => ({ ...one, linearAttribute: next }));
  return (
    <fieldset className="editor-group">
      <legend>{t('publication.quantity')}</legend>
      <SwitchField
        path={path}
        label={t('publication.byQuantity')}
        help={t(rules.quantity === 'ALWAYS' ? 'publication.quantityAlways' : 'publication.byQuantityHelp')}
        value={linear !== null}
        disabled={rules.quantity === 'ALWAYS' && linear !== null}
        onChange={(on) => put(on ? quantityOf('amount') : null)}
      />
      {linear !== null && (
        <>
          <div className="editor-four">
            <ChoiceField
              path={`${path}.code`}
              label={t('publication.quantityKind')}
              value={linear.code}
              options={quantityCodes.map((value) => ({ value, label: t(`publication.quantityKinds.${value}`) }))}
              onChange={(code) => {
                const { name, unit } = quantityOf(quantityCodes.find((one) => one === code) ?? 'amount');
                put({ ...linear, code, name, unit });
              }}
            />
            <NumberField
              path={`${path}.minimum`}
              label={t('publication.minimum')}
              value={linear.minimum}
              onChange={(minimum) => put({ ...linear, minimum })}
            />
            <NumberField
              path={`${path}.maximum`}
              label={t('publication.maximum')}
              value={linear.maximum}
              onChange={(maximum) => put({ ...linear, maximum })}
            />
            <NumberField
              path={`${path}.step`}
              label={t('publication.step')}
              value={linear.step}
              onChange={(step) => put({ ...linear, step })}
            />
          </div>
          <div className="editor-two">
            <BothField
              path={`${path}.name`}
              label={t('publication.quantityName')}
              value={linear.name}
              onChange={(name) => put({ ...linear, name })}
            />
            <BothField
              path={`${path}.unit`}
              label={t('publication.unit')}
              value={linear.unit}
              onChange={(unit) => put({ ...linear, unit })}
            />
          </div>
        </>
      )}
      <GroupFaults path={`${path}.range`} />
    </fieldset>
  );
}
