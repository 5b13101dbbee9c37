import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SalesSettingsView, SalesSpecificationView } from '../../api/sales.ts';
import { type Column, Rows } from '../../components/rows.tsx';
import { useText } from '../../i18n/text.ts';

/** What a setting is for: the product itself (`specification` null) or one of its specifications. */
export interface SaleScope {
  readonly specification: SalesSpecificationView | null;
  readonly name: string;
}

/** The product and its specifications, in this order, with names in the reader's language. */
export function useScopes(settings: SalesSettingsView): SaleScope[] {
  const { t } = useTranslation();
  const text = useText();
  return [
    { specification: null, name: t('sales.wholeProduct') },
    ...settings.specifications.map((specification) => ({ specification, name: text(specification.name) })),
  ];
}

interface ScopesProps {
  readonly scopes: readonly SaleScope[];
  /** what holds, in words */
  readonly present: (scope: SaleScope) => ReactNode;
  /** the button that changes it */
  readonly action: (scope: SaleScope) => ReactNode;
  readonly testId: string;
}

/** One setting over the product and its specifications. */
export function Scopes({ scopes, present, action, testId }: ScopesProps) {
  const { t } = useTranslation();
  const columns: Column<SaleScope>[] = [
    {
      key: 'scope',
      title: t('sales.scope'),
      render: ({ specification, name }) => (
        <>
          {specification === null ? <strong>{name}</strong> : name}
          {specification !== null && (
            <div className="soft">
              {t(`charging.${specification.chargingMode}`)}
              {specification.state === 'STOPPED' && ` · ${t('product.stopped')}`}
            </div>
          )}
        </>
      ),
    },
    { key: 'present', title: t('sales.present'), render: present },
    { key: 'action', title: t('list.action'), render: action },
  ];
  return (
    <Rows
      rows={scopes}
      columns={columns}
      rowKey={({ specification }) => specification?.specificationId ?? 'product'}
      testId={testId}
    />
  );
}

/** "Change" of one row; disabled with the reason beside it. */
export function ChangeButton({ name, reason, onClick }: { name: string; reason?: string | null; onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <span className="row">
      <Button
        size="small"
        disabled={reason != null}
        onClick={onClick}
        aria-label={`${t('sales.change')}: ${name}`}
        data-testid="change-setting"
      >
        {t('sales.change')}
      </Button>
      {reason != null && <span className="soft">{reason}</span>}
    </span>
  );
}
