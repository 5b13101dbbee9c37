import { Radio, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SalesSettingsView, type SaleTargetView, setTarget, type TargetKind } from '../../api/sales.ts';
import { useText } from '../../i18n/text.ts';
import { BuyerList } from './buyer-list.tsx';
import { ChangeButton, type SaleScope, Scopes, useScopes } from './scopes.tsx';
import { SettingDialog } from './setting-dialog.tsx';
import { specificationChoices, TARGETS } from './target-choices.ts';

/** Sale object (S-80, S-80a): who may buy, of the product and narrowed by specification (C45a). */
export function Targets({ settings }: { settings: SalesSettingsView }) {
  const { t } = useTranslation();
  const scopes = useScopes(settings);
  const [open, setOpen] = useState<SaleScope | null>(null);
  const fixed = settings.target.kind === 'SPECIFIED' || settings.target.kind === 'RELATED';
  return (
    <div className="stack">
      <p className="soft">{t('sales.target.help')}</p>
      <Scopes
        scopes={scopes}
        testId="target-row"
        present={(scope) => <Present settings={settings} scope={scope} />}
        action={(scope) => (
          <ChangeButton
            name={scope.name}
            reason={scope.specification !== null && fixed ? t('sales.target.why.fixed') : null}
            onClick={() => setOpen(scope)}
          />
        )}
      />
      {open !== null && <TargetDialog settings={settings} scope={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

function Present({ settings, scope: { specification } }: { settings: SalesSettingsView; scope: SaleScope }) {
  const { t } = useTranslation();
  const names = useRelatedNames(settings);
  const own = specification === null ? settings.target : specification.target;
  if (own === null)
    return (
      <span>
        {t('sales.target.asProduct')} <span className="soft">({t(`sales.target.kind.${settings.target.kind}`)})</span>
      </span>
    );
  return (
    <>
      <strong>{t(`sales.target.kind.${own.kind}`)}</strong>
      {own.kind === 'SPECIFIED' && (
        <div className="soft">
          {own.buyers.map(({ accountName }) => accountName).join('、') || t('sales.buyers.none')}
        </div>
      )}
      {own.kind === 'RELATED' && <div className="soft">{own.relatedIds.map(names).join('、')}</div>}
    </>
  );
}

/** Names of what "related" may mean: the seller's products, or this product's specifications (C43). */
function useRelatedNames(settings: SalesSettingsView): (id: string) => string {
  const text = useText();
  const names = new Map([
    ...settings.relatedChoices.map(({ goodsId, name }) => [goodsId, text(name)] as const),
    ...settings.specifications.map(({ specificationId, name }) => [specificationId, text(name)] as const),
  ]);
  return (id) => names.get(id) ?? id;
}

type Choice = TargetKind | 'AS_PRODUCT';

const empty: SaleTargetView = { kind: 'ALL', relatedIds: [], buyers: [] };

function TargetDialog({
  settings,
  scope: { specification, name },
  onClose,
}: {
  settings: SalesSettingsView;
  scope: SaleScope;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const now = specification === null ? settings.target : specification.target;
  const [choice, setChoice] = useState<Choice>(now?.kind ?? 'AS_PRODUCT');
  const [{ buyers, relatedIds }, setLists] = useState<SaleTargetView>(now ?? empty);
  const kind = choice === 'AS_PRODUCT' ? null : choice;
  const blocked =
    choice === 'SPECIFIED' && buyers.length === 0
      ? t('sales.target.why.nobody')
      : choice === 'RELATED' && relatedIds.length === 0
        ? t('sales.target.why.nothing')
        : null;
  return (
    <SettingDialog
      title={t('sales.target.title', { name })}
      meaning={t(`sales.target.meaning.${kind ?? settings.target.kind}`)}
      blocked={blocked}
      onClose={onClose}
      save={(reason) =>
        setTarget(settings.goodsId, {
          specificationId: specification?.specificationId ?? null,
          kind,
          ...(kind === 'SPECIFIED' ? { buyers: [...buyers] } : {}),
          ...(kind === 'RELATED' ? { relatedIds: [...relatedIds] } : {}),
          ...reason,
        })
      }
    >
      <TargetChoices settings={settings} scope={{ specification, name }} value={choice} onChange={setChoice} />
      {choice === 'SPECIFIED' && (
        <BuyerList
          value={buyers}
          onChange={(next) => setLists({ kind: 'SPECIFIED', relatedIds, buyers: next })}
          label={t('sales.target.specified')}
        />
      )}
      {choice === 'RELATED' && (
        <Related
          settings={settings}
          scope={{ specification, name }}
          value={relatedIds}
          onChange={(next) => setLists({ kind: 'RELATED', relatedIds: next, buyers })}
        />
      )}
    </SettingDialog>
  );
}

interface ChoicesProps {
  readonly settings: SalesSettingsView;
  readonly scope: SaleScope;
  readonly value: Choice;
  readonly onChange: (choice: Choice) => void;
}

/** Every choice is there; one that is not possible says why (C45a). */
function TargetChoices({ settings, scope: { specification }, value, onChange }: ChoicesProps) {
  const { t } = useTranslation();
  const choices =
    specification === null
      ? TARGETS.map((target) => ({ target, hindrance: null }))
      : specificationChoices(settings.target.kind, specification.targetChoices);
  return (
    <fieldset className="field">
      <legend className="label">{t('sales.target.who')}</legend>
      <Radio.Group value={value} onChange={(event) => onChange(event.target.value)} className="choices">
        {specification !== null && (
          <Radio value="AS_PRODUCT" data-testid="target-AS_PRODUCT">
            {t('sales.target.asProduct')}{' '}
            <span className="soft">({t(`sales.target.kind.${settings.target.kind}`)})</span>
          </Radio>
        )}
        {choices.map(({ target, hindrance }) => (
          <Radio key={target} value={target} disabled={hindrance !== null} data-testid={`target-${target}`}>
            {t(`sales.target.kind.${target}`)}
            {hindrance !== null && <div className="soft">{t(`sales.target.why.${hindrance}`)}</div>}
          </Radio>
        ))}
      </Radio.Group>
    </fieldset>
  );
}

interface RelatedProps {
  readonly settings: SalesSettingsView;
  readonly scope: SaleScope;
  readonly value: readonly string[];
  readonly onChange: (ids: string[]) => void;
}

/** C43: products of the same seller; for a specification, specifications of the same product. */
function Related({ settings, scope: { specification }, value, onChange }: RelatedProps) {
  const { t } = useTranslation();
  const text = useText();
  const id = useId();
  const options =
    specification === null
      ? settings.relatedChoices.map(({ goodsId, name }) => ({ value: goodsId, label: text(name) }))
      : settings.specifications
          .filter((one) => one.specificationId !== specification.specificationId)
          .map((one) => ({ value: one.specificationId, label: text(one.name) }));
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {t(specification === null ? 'sales.target.relatedProducts' : 'sales.target.relatedSpecifications')}
      </label>
      <Select
        id={id}
        mode="multiple"
        value={[...value]}
        options={options}
        optionFilterProp="label"
        style={{ width: '100%' }}
        onChange={onChange}
        data-testid="related"
      />
    </div>
  );
}
