import { useTranslation } from 'react-i18next';
import type { DraftContent } from '../../api/publication-types.ts';
import { FileUpload } from '../../components/file-upload.tsx';
import { useEditor } from './editor-context.ts';
import { BothField, ChoiceField, GroupFaults, NumberField, SwitchField, TextField } from './field.tsx';
import { Listed } from './listed.tsx';

const openings = [
  'ON_PURCHASE',
  'AT_DELIVERY',
  'AFTER_ACCEPTANCE',
] as const satisfies readonly DraftContent['opening'][];
const mostParameters = 3;

/** Third step: supervision, what is handed over and accepted against what, what the buyer is asked (S-33, C56, L35). */
export function DeliveryStep() {
  const { t } = useTranslation();
  const { content, rules, change } = useEditor();
  const choice = rules.supervision === 'CHOICE';
  return (
    <>
      <SwitchField
        path="supervised"
        label={t('publication.supervised')}
        help={t(
          rules.supervision === 'CHOICE'
            ? 'publication.supervisedHelp'
            : `publication.supervision.${rules.supervision}`,
        )}
        value={content.supervised}
        disabled={!choice}
        onChange={(supervised) => change({ supervised, opening: supervised ? content.opening : 'ON_PURCHASE' })}
      />
      {content.supervised && content.accessType === 'SAAS' && (
        <ChoiceField
          path="opening"
          label={t('publication.opening')}
          help={t(`publication.openingHelp.${content.opening}`)}
          value={content.opening}
          options={openings.map((value) => ({ value, label: t(`publication.openings.${value}`) }))}
          onChange={(opening) => change({ opening })}
        />
      )}
      {rules.deliveryDays && (
        <NumberField
          path="deliveryDays"
          label={t('publication.deliveryDays')}
          help={t('publication.deliveryDaysHelp')}
          unit={t('publication.days')}
          value={content.deliveryDays}
          onChange={(deliveryDays) => change({ deliveryDays })}
        />
      )}
      {rules.template && content.supervised && (
        <div className="stack stack--tight">
          <FileUpload
            purpose="TEMPLATE"
            label={t('publication.deliveryTemplate')}
            value={content.deliveryTemplate}
            onChange={(deliveryTemplate) => change({ deliveryTemplate })}
          />
          <span className="soft">{t('publication.deliveryTemplateHelp')}</span>
          <GroupFaults path="deliveryTemplate" />
        </div>
      )}
      {content.accessType === 'SERVICE' && (
        <div className="stack stack--tight">
          <FileUpload
            purpose="TEMPLATE"
            label={t('publication.serviceFlow')}
            value={content.serviceFlow}
            testId="upload-serviceFlow"
            onChange={(serviceFlow) => change({ serviceFlow })}
          />
          <span className="soft">{t('publication.serviceFlowHelp')}</span>
          <GroupFaults path="serviceFlow" />
        </div>
      )}
      <Parameters />
      <SwitchField
        path="passSubUser"
        label={t('publication.passSubUser')}
        help={t('publication.passSubUserHelp')}
        value={content.passSubUser}
        onChange={(passSubUser) => change({ passSubUser })}
      />
    </>
  );
}

type Parameter = DraftContent['orderParameters'][number];
const empty: Parameter = { name: '', label: { zh: '', en: '' }, required: false };

/** What the buyer is asked when ordering, at most three (openapi.md 5.1). */
function Parameters() {
  const { t } = useTranslation();
  const { content, change } = useEditor();
  return (
    <Listed<Parameter>
      path="orderParameters"
      label={t('publication.parameters')}
      help={t('publication.parametersHelp')}
      items={content.orderParameters}
      most={mostParameters}
      empty={empty}
      add={t('publication.addParameter')}
      onChange={(orderParameters) => change({ orderParameters })}
    >
      {(parameter, path, next) => (
        <div className="stack stack--tight">
          <div className="editor-two">
            <TextField
              path={`${path}.name`}
              label={t('publication.parameterName')}
              help={t('publication.parameterNameHelp')}
              value={parameter.name}
              onChange={(name) => next({ ...parameter, name })}
            />
            <SwitchField
              path={`${path}.required`}
              label={t('publication.required')}
              value={parameter.required}
              onChange={(required) => next({ ...parameter, required })}
            />
          </div>
          <BothField
            path={`${path}.label`}
            label={t('publication.parameterLabel')}
            value={parameter.label}
            onChange={(label) => next({ ...parameter, label })}
          />
        </div>
      )}
    </Listed>
  );
}
