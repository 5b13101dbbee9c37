import { useTranslation } from 'react-i18next';
import type { DraftSpecification } from '../../api/publication-types.ts';
import { AssetChoice } from './asset-choice.tsx';
import { Attributes } from './attributes.tsx';
import { useEditor } from './editor-context.ts';
import { BothField, ChoiceField, GroupFaults, NumberField, SwitchField } from './field.tsx';
import { columnsOf, setUnitPrice } from './matrix.ts';
import { inMode } from './new-parts.ts';
import { PackageFields, UsageFields } from './package-fields.tsx';
import { Prices } from './prices.tsx';
import { QuantityFields } from './quantity-fields.tsx';

export interface PartProps {
  readonly index: number;
  readonly specification: DraftSpecification;
}

/** One specification: how it is charged, its attributes, its prices. Which fields there are depends on type and mode. */
export function SpecificationEditor({ index, specification }: PartProps) {
  const { t } = useTranslation();
  const { rules, form, changeSpecification } = useEditor();
  const path = `specifications.${index}`;
  const put = (patch: Partial<DraftSpecification>): void => changeSpecification(index, (one) => ({ ...one, ...patch }));
  const { chargingMode } = specification;
  const priced = chargingMode === 'PERIOD' || chargingMode === 'ONE_TIME';
  return (
    <>
      <BothField
        path={`${path}.name`}
        label={t('publication.specificationName')}
        help={t('publication.specificationNameHelp')}
        value={specification.name}
        onChange={(name) => put({ name })}
      />
      <div className="editor-two">
        <ChoiceField
          path={`${path}.chargingMode`}
          label={t('publication.chargingMode')}
          help={t(`publication.chargingHelp.${chargingMode}`)}
          value={chargingMode}
          options={rules.chargingModes.map((value) => ({ value, label: t(`charging.${value}`) }))}
          onChange={(mode) => changeSpecification(index, (one) => inMode(one, mode, form.currency))}
        />
        {rules.asset !== null && (
          <AssetChoice kind={rules.asset} path={`${path}.assetId`} {...{ index, specification }} />
        )}
      </div>
      {rules.trial && chargingMode === 'PERIOD' && <TrialAndChange {...{ index, specification }} />}
      {rules.asset === 'IMAGE' && <ImagePricing {...{ index, specification }} />}
      {chargingMode === 'ON_DEMAND_PKG' && <PackageFields {...{ index, specification }} />}
      {chargingMode === 'ON_DEMAND' && <UsageFields {...{ index, specification }} />}
      {rules.quantity !== 'NEVER' && priced && <QuantityFields {...{ index, specification }} />}
      {rules.multiSku && <Attributes {...{ index, specification }} />}
      {specification.free ? (
        <p className="soft">{t('publication.freeHelp')}</p>
      ) : (
        <Prices {...{ index, specification }} />
      )}
      <GroupFaults path={path} />
    </>
  );
}

const trialDays = 15;

/** C33, C25: a free trial, and upgrades of what runs. */
function TrialAndChange({ index, specification }: PartProps) {
  const { t } = useTranslation();
  const { changeSpecification } = useEditor();
  const path = `specifications.${index}`;
  const { trial } = specification;
  return (
    <div className="editor-three">
      <SwitchField
        path={`${path}.trial`}
        label={t('publication.trial')}
        help={t('publication.trialHelp')}
        value={trial !== null}
        onChange={(on) =>
          changeSpecification(index, (one) => ({
            ...one,
            trial: on ? { days: trialDays, buyerIds: null, repeatable: false } : null,
          }))
        }
      />
      {trial !== null && (
        <NumberField
          path={`${path}.trial.days`}
          label={t('publication.trialDays')}
          help={t('publication.trialDaysHelp')}
          unit={t('publication.days')}
          value={trial.days}
          onChange={(days) => changeSpecification(index, (one) => ({ ...one, trial: { ...trial, days } }))}
        />
      )}
      <SwitchField
        path={`${path}.changeable`}
        label={t('publication.changeable')}
        help={t('publication.changeableHelp')}
        value={specification.changeable}
        onChange={(changeable) => changeSpecification(index, (one) => ({ ...one, changeable }))}
      />
    </div>
  );
}

/** L26, L34: per vCPU, or free for ever. */
function ImagePricing({ index, specification }: PartProps) {
  const { t } = useTranslation();
  const { changeSpecification } = useEditor();
  const path = `specifications.${index}`;
  return (
    <div className="editor-two">
      <SwitchField
        path={`${path}.perVcpu`}
        label={t('publication.perVcpu')}
        help={t('publication.perVcpuHelp')}
        value={specification.perVcpu}
        onChange={(perVcpu) =>
          changeSpecification(index, (one) => ({ ...one, perVcpu, free: perVcpu ? false : one.free }))
        }
      />
      <SwitchField
        path={`${path}.free`}
        label={t('publication.free')}
        help={t('publication.freeSwitchHelp')}
        value={specification.free}
        onChange={(free) => changeSpecification(index, (one) => (free ? asFree(one) : { ...one, free }))}
      />
    </div>
  );
}

function asFree(one: DraftSpecification): DraftSpecification {
  const skus = one.skus.map((sku) =>
    columnsOf({ skus: [sku] }).reduce((so, column) => setUnitPrice(so, column, 0, '0'), sku),
  );
  return { ...one, free: true, perVcpu: false, skus };
}
