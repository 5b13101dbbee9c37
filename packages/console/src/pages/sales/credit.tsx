import { Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SalesSettingsView, setCredit } from '../../api/sales.ts';
import { Panel } from '../../components/page.tsx';
import { Pair } from '../../components/rows.tsx';
import { BuyerList } from './buyer-list.tsx';
import { ChangeButton } from './scopes.tsx';
import { SettingDialog } from './setting-dialog.tsx';

type CreditSetting = SalesSettingsView['credit'];
type Access = CreditSetting['coupon'];
const accesses = ['OFF', 'ALL', 'LISTED'] as const satisfies readonly Access[];
const kinds = ['coupon', 'limit'] as const;

/** The two credit switches (S-84, S2-9): who may pay with credit cash coupons and with a credit limit. */
export function Credit({ settings }: { settings: SalesSettingsView }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { credit } = settings;
  return (
    <div className="stack">
      <p className="soft">{t('sales.credit.help')}</p>
      <Panel title={t('sales.tabs.credit')}>
        <dl className="facts" style={{ marginBottom: 12 }}>
          {kinds.map((kind) => (
            <Pair key={kind} term={t(`sales.credit.${kind}`)} value={t(`sales.credit.access.${credit[kind]}`)} />
          ))}
          {isListed(credit) && (
            <Pair
              term={t('sales.credit.list')}
              value={credit.buyers.map(({ accountName }) => accountName).join('、') || t('sales.buyers.none')}
            />
          )}
        </dl>
        <ChangeButton name={t('sales.tabs.credit')} onClick={() => setOpen(true)} />
      </Panel>
      {open && <CreditDialog settings={settings} onClose={() => setOpen(false)} />}
    </div>
  );
}

const isListed = ({ coupon, limit }: Pick<CreditSetting, 'coupon' | 'limit'>): boolean =>
  coupon === 'LISTED' || limit === 'LISTED';

function CreditDialog({ settings, onClose }: { settings: SalesSettingsView; onClose: () => void }) {
  const { t } = useTranslation();
  const [credit, setState] = useState<CreditSetting>(settings.credit);
  const listed = isListed(credit);
  const meaning = kinds.map((kind) => t(`sales.credit.meaning.${kind}.${credit[kind]}`)).join(' ');
  return (
    <SettingDialog
      title={t('sales.credit.title')}
      meaning={meaning}
      blocked={listed && credit.buyers.length === 0 ? t('sales.credit.nobody') : null}
      onClose={onClose}
      save={(reason) => setCredit(settings.goodsId, { ...credit, buyers: listed ? [...credit.buyers] : [], ...reason })}
    >
      {kinds.map((kind) => (
        <fieldset key={kind} className="field">
          <legend className="label">{t(`sales.credit.${kind}`)}</legend>
          <Radio.Group
            value={credit[kind]}
            onChange={(event) => setState({ ...credit, [kind]: event.target.value })}
            optionType="button"
            options={accesses.map((value) => ({ value, label: t(`sales.credit.access.${value}`) }))}
            data-testid={`credit-${kind}`}
          />
        </fieldset>
      ))}
      {listed && (
        <BuyerList
          value={credit.buyers}
          onChange={(buyers) => setState({ ...credit, buyers })}
          label={t('sales.credit.list')}
        />
      )}
    </SettingDialog>
  );
}
