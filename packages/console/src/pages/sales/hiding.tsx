import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SalesSettingsView, setHidden } from '../../api/sales.ts';
import { CopyButton } from '../../components/copy.tsx';
import { purchaseLink } from '../offers/addresses.ts';
import { ChangeButton, type SaleScope, Scopes, useScopes } from './scopes.tsx';
import { SettingDialog } from './setting-dialog.tsx';

/** Public sales of each specification (C42): a hidden one is reached and bought only by its purchase link (B-12). */
export function Hiding({ settings }: { settings: SalesSettingsView }) {
  const { t } = useTranslation();
  const scopes = useScopes(settings).filter(({ specification }) => specification !== null);
  const [open, setOpen] = useState<SaleScope | null>(null);
  return (
    <div className="stack">
      <p className="soft">{t('sales.hidden.help')}</p>
      <Scopes
        scopes={scopes}
        testId="hidden-row"
        present={(scope) => <Present goodsId={settings.goodsId} scope={scope} />}
        action={(scope) => <ChangeButton name={scope.name} onClick={() => setOpen(scope)} />}
      />
      {open !== null && <HidingDialog goodsId={settings.goodsId} scope={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

function Present({ goodsId, scope: { specification } }: { goodsId: string; scope: SaleScope }) {
  const { t } = useTranslation();
  if (specification === null) return null;
  const link = purchaseLink(window.location.origin, goodsId, specification.specificationId);
  return (
    <>
      {t(specification.hidden ? 'sales.hidden.hidden' : 'sales.hidden.public')}
      <div className="row soft" style={{ flexWrap: 'nowrap' }}>
        <span className="mono">{link}</span>
        <CopyButton text={link} name={t('sales.hidden.link')} />
      </div>
    </>
  );
}

interface HidingDialogProps {
  readonly goodsId: string;
  readonly scope: SaleScope;
  readonly onClose: () => void;
}

function HidingDialog({ goodsId, scope: { specification, name }, onClose }: HidingDialogProps) {
  const { t } = useTranslation();
  if (specification === null) return null;
  const hidden = !specification.hidden;
  return (
    <SettingDialog
      title={t(hidden ? 'sales.hidden.hide' : 'sales.hidden.show', { name })}
      meaning={t(hidden ? 'sales.hidden.meaning.hidden' : 'sales.hidden.meaning.public')}
      blocked={null}
      onClose={onClose}
      save={(reason) => setHidden(goodsId, { specificationId: specification.specificationId, hidden, ...reason })}
    >
      {null}
    </SettingDialog>
  );
}
