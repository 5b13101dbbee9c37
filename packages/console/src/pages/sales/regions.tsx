import { Checkbox, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SalesSettingsView, setRegions } from '../../api/sales.ts';
import { Empty } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { countryName } from '../../format/country.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { ChangeButton } from './scopes.tsx';
import { SettingDialog } from './setting-dialog.tsx';

/** Sales regions (S-85, C51): those of the certified contracting entities, narrowed by product. */
export function Regions({ settings }: { settings: SalesSettingsView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const [open, setOpen] = useState(false);
  if (settings.regionChoices.length === 0) return <Empty sentence={t('sales.regions.none')} />;
  return (
    <div className="stack">
      <p className="soft">{t('sales.regions.help')}</p>
      <Panel title={t('sales.tabs.regions')}>
        <p style={{ marginBottom: 12 }} data-testid="regions-now">
          {settings.regions === null
            ? t('sales.regions.all')
            : settings.regions.map((code) => countryName(code, language)).join(t('sales.comma'))}
        </p>
        <ChangeButton name={t('sales.tabs.regions')} onClick={() => setOpen(true)} />
      </Panel>
      {open && <RegionsDialog settings={settings} onClose={() => setOpen(false)} />}
    </div>
  );
}

function RegionsDialog({ settings, onClose }: { settings: SalesSettingsView; onClose: () => void }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const [everywhere, setEverywhere] = useState(settings.regions === null);
  const [chosen, setChosen] = useState<readonly string[]>(settings.regions ?? settings.regionChoices);
  const lost = settings.regionChoices.filter((code) => !chosen.includes(code));
  const meaning =
    everywhere || lost.length === 0
      ? t('sales.regions.meaning.all')
      : t('sales.regions.meaning.some', {
          lost: lost.map((code) => countryName(code, language)).join(t('sales.comma')),
        });
  return (
    <SettingDialog
      title={t('sales.regions.title')}
      meaning={meaning}
      blocked={!everywhere && chosen.length === 0 ? t('sales.regions.nowhere') : null}
      onClose={onClose}
      save={(reason) => setRegions(settings.goodsId, { regions: everywhere ? null : [...chosen], ...reason })}
    >
      <fieldset className="field">
        <legend className="label">{t('sales.regions.where')}</legend>
        <Radio.Group value={everywhere} onChange={(event) => setEverywhere(event.target.value)} className="choices">
          <Radio value={true}>{t('sales.regions.all')}</Radio>
          <Radio value={false} data-testid="regions-some">
            {t('sales.regions.some')}
          </Radio>
        </Radio.Group>
      </fieldset>
      {!everywhere && (
        <Checkbox.Group
          value={[...chosen]}
          onChange={setChosen}
          options={settings.regionChoices.map((code) => ({ value: code, label: countryName(code, language) }))}
          data-testid="regions"
        />
      )}
    </SettingDialog>
  );
}
