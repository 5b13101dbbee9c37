import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { DraftSpecification } from '../../api/publication-types.ts';
import { useEditor } from './editor-context.ts';
import { BothField, ChoiceField, NumberField, SwitchField, TextField } from './field.tsx';
import type { PartProps } from './specification-editor.tsx';

type Package = NonNullable<DraftSpecification['package']>;
type Usage = NonNullable<DraftSpecification['usage']>;

const resettings = ['hour', 'day', 'week', 'month'] as const satisfies readonly Package['resetting'][];
const cycles = ['hour', 'day'] as const satisfies readonly Usage['cycle'][];
const accumulations = ['record', 'day', 'month'] as const satisfies readonly Usage['accumulation'][];
const words = (t: TFunction, unit: 'month' | 'year'): string => t(`publication.periods.${unit}`);

/** A quota for a time (C31, C32); fixed after release. */
export function PackageFields({ index, specification }: PartProps) {
  const { t } = useTranslation();
  const { changeSpecification } = useEditor();
  const held = specification.package;
  if (held === null) return null;
  const path = `specifications.${index}.package`;
  const put = (patch: Partial<Package>): void =>
    changeSpecification(index, (one) => ({ ...one, package: { ...held, ...patch } }));
  return (
    <fieldset className="editor-group">
      <legend>{t('publication.package')}</legend>
      <div className="editor-four">
        <TextField
          path={`${path}.quota`}
          label={t('publication.quota')}
          value={held.quota}
          onChange={(quota) => put({ quota })}
        />
        <NumberField
          path={`${path}.validity.number`}
          label={t('publication.validity')}
          value={held.validity.number}
          onChange={(number) => put({ validity: { ...held.validity, number } })}
        />
        <ChoiceField
          path={`${path}.validity.type`}
          label={t('publication.validityUnit')}
          value={held.validity.type}
          options={(['month', 'year'] as const).map((value) => ({ value, label: words(t, value) }))}
          onChange={(type) => put({ validity: { ...held.validity, type } })}
        />
        <ChoiceField
          path={`${path}.resetting`}
          label={t('publication.resetting')}
          value={held.resetting ?? 'never'}
          options={[
            { value: 'never', label: t('publication.resettings.never') },
            ...resettings.map((value) => ({ value, label: t(`publication.resettings.${value}`) })),
          ]}
          onChange={(value) => put({ resetting: resettings.find((one) => one === value) ?? null })}
        />
      </div>
      <BothField
        path={`${path}.unit`}
        label={t('publication.packageUnit')}
        value={held.unit}
        onChange={(unit) => put({ unit })}
      />
      <SwitchField
        path={`${path}.stopWhenUsedUp`}
        label={t('publication.stopWhenUsedUp')}
        help={t('publication.stopWhenUsedUpHelp')}
        value={held.stopWhenUsedUp}
        onChange={(stopWhenUsedUp) => put({ stopWhenUsedUp })}
      />
    </fieldset>
  );
}

/** When usage is billed, and over what time ranges add it up (C30). */
export function UsageFields({ index, specification }: PartProps) {
  const { t } = useTranslation();
  const { changeSpecification } = useEditor();
  const { usage } = specification;
  if (usage === null) return null;
  const path = `specifications.${index}.usage`;
  const put = (patch: Partial<Usage>): void =>
    changeSpecification(index, (one) => ({ ...one, usage: { ...usage, ...patch } }));
  return (
    <div className="editor-two">
      <ChoiceField
        path={`${path}.cycle`}
        label={t('publication.cycle')}
        value={usage.cycle}
        options={cycles.map((value) => ({ value, label: t(`publication.cycles.${value}`) }))}
        onChange={(cycle) => put({ cycle })}
      />
      <ChoiceField
        path={`${path}.accumulation`}
        label={t('publication.accumulation')}
        help={t('publication.accumulationHelp')}
        value={usage.accumulation}
        options={accumulations.map((value) => ({ value, label: t(`publication.accumulations.${value}`) }))}
        onChange={(accumulation) => put({ accumulation })}
      />
    </div>
  );
}
