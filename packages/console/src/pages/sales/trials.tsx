import { Radio, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SalesSettingsView, setTrial } from '../../api/sales.ts';
import { BuyerList } from './buyer-list.tsx';
import { ChangeButton, type SaleScope, Scopes, useScopes } from './scopes.tsx';
import { SettingDialog } from './setting-dialog.tsx';

type TrialSetting = SalesSettingsView['trial'];
type Access = TrialSetting['access'];

/** Trial list (S-83): who may try for free, and whether more than once (C33). An empty list closes the trial. */
export function Trials({ settings }: { settings: SalesSettingsView }) {
  const { t } = useTranslation();
  const scopes = useScopes(settings).filter(({ specification }) => specification?.hasTrial !== false);
  const [open, setOpen] = useState<SaleScope | null>(null);
  const settingOf = ({ specification }: SaleScope): TrialSetting | null =>
    specification === null ? settings.trial : specification.trial;
  if (settings.specifications.every(({ hasTrial }) => !hasTrial))
    return <div className="panel empty">{t('sales.trial.noTrial')}</div>;
  return (
    <div className="stack">
      <p className="soft">{t('sales.trial.help')}</p>
      <Scopes
        scopes={scopes}
        testId="trial-row"
        present={(scope) => <Present setting={settingOf(scope)} />}
        action={(scope) => <ChangeButton name={scope.name} onClick={() => setOpen(scope)} />}
      />
      {open !== null && (
        <TrialDialog settings={settings} scope={open} now={settingOf(open)} onClose={() => setOpen(null)} />
      )}
    </div>
  );
}

function Present({ setting }: { setting: TrialSetting | null }) {
  const { t } = useTranslation();
  if (setting === null) return t('sales.trial.asProduct');
  const closed = setting.access === 'LISTED' && setting.buyers.length === 0;
  return (
    <>
      {t(closed ? 'sales.trial.closed' : `sales.trial.access.${setting.access}`)}
      {setting.access === 'LISTED' && !closed && (
        <div className="soft">{setting.buyers.map(({ accountName }) => accountName).join('、')}</div>
      )}
      {setting.repeatable !== null && (
        <div className="soft">{t(setting.repeatable ? 'sales.trial.repeatable' : 'sales.trial.once')}</div>
      )}
    </>
  );
}

interface TrialDialogProps {
  readonly settings: SalesSettingsView;
  readonly scope: SaleScope;
  readonly now: TrialSetting | null;
  readonly onClose: () => void;
}

const repeats = ['defined', 'once', 'repeatable'] as const;
type Repeat = (typeof repeats)[number];
const repeatOf = (repeatable: boolean | null): Repeat =>
  repeatable === null ? 'defined' : repeatable ? 'repeatable' : 'once';

function TrialDialog({ settings, scope: { specification, name }, now, onClose }: TrialDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const [access, setAccess] = useState<Access>(now?.access ?? 'DEFINED');
  const [buyers, setBuyers] = useState(now?.buyers ?? []);
  const [repeat, setRepeat] = useState<Repeat>(repeatOf(now?.repeatable ?? null));
  const closed = access === 'LISTED' && buyers.length === 0;
  return (
    <SettingDialog
      title={t('sales.trial.title', { name })}
      meaning={t(closed ? 'sales.trial.meaning.closed' : `sales.trial.meaning.${access}`)}
      blocked={null}
      onClose={onClose}
      save={(reason) =>
        setTrial(settings.goodsId, {
          specificationId: specification?.specificationId ?? null,
          access,
          buyers: access === 'LISTED' ? buyers : [],
          repeatable: repeat === 'defined' ? null : repeat === 'repeatable',
          ...reason,
        })
      }
    >
      <fieldset className="field">
        <legend className="label">{t('sales.trial.who')}</legend>
        <Radio.Group value={access} onChange={(event) => setAccess(event.target.value)} className="choices">
          {(['DEFINED', 'ALL', 'LISTED'] as const).map((one) => (
            <Radio key={one} value={one} data-testid={`trial-${one}`}>
              {t(`sales.trial.access.${one}`)}
            </Radio>
          ))}
        </Radio.Group>
      </fieldset>
      {access === 'LISTED' && <BuyerList value={buyers} onChange={setBuyers} label={t('sales.trial.list')} />}
      <div className="field">
        <label className="label" htmlFor={id}>
          {t('sales.trial.again')}
        </label>
        <Select
          id={id}
          value={repeat}
          onChange={setRepeat}
          options={repeats.map((value) => ({ value, label: t(`sales.trial.${value}`) }))}
          data-testid="trial-repeat"
        />
      </div>
    </SettingDialog>
  );
}
