import type { DebugBenchView } from '@jishi/marketplace/console-api';
import { Link } from '@tanstack/react-router';
import { Input, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/page.tsx';
import { isPath, pathOf, type Target } from './debugging-values.ts';

interface TargetProps {
  readonly bench: DebugBenchView;
  /** null = the product's own production address */
  readonly target: Target | null;
  readonly onChange: (target: Target | null) => void;
}

/** Where the call goes: the product's own address, or a verified one with a path. */
export function DebuggingTarget({ bench, target, onChange }: TargetProps) {
  const { t } = useTranslation();
  const id = useId();
  const valid = target === null || isPath(target.path);
  return (
    <Panel title={t('debug.target')}>
      <div className="filters" style={{ gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 300px), 1fr))' }}>
        <div className="filter">
          <label htmlFor={id}>{t('address.origin')}</label>
          <Select
            id={id}
            value={target?.addressId ?? ''}
            onChange={(addressId) =>
              onChange(addressId === '' ? null : { addressId, path: target?.path ?? pathOf(bench.productionUrl) })
            }
            options={[
              { value: '', label: t('debug.own') },
              ...bench.addresses.map((each) => ({ value: each.addressId, label: each.origin })),
            ]}
            data-testid="debug-address"
          />
        </div>
        {target === null ? (
          <span className="mono" style={{ alignSelf: 'center' }}>
            {bench.productionUrl}
          </span>
        ) : (
          <div className="filter">
            <label htmlFor={`${id}-path`}>{t('debug.path')}</label>
            <Input
              id={`${id}-path`}
              value={target.path}
              maxLength={500}
              status={valid ? '' : 'error'}
              aria-invalid={!valid}
              aria-describedby={valid ? undefined : `${id}-rule`}
              onChange={(event) => onChange({ ...target, path: event.target.value })}
              data-testid="debug-path"
            />
            {!valid && (
              <span id={`${id}-rule`} style={{ color: 'var(--bad)' }}>
                {t('debug.pathRule')}
              </span>
            )}
          </div>
        )}
      </div>
      <p className="soft" style={{ marginTop: 8 }}>
        <Link to="/seller/addresses">{t('address.title')}</Link>
      </p>
    </Panel>
  );
}
