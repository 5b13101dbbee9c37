import type { AccessKeyView, InterfaceClassView, ProductionAddressView } from '@jishi/marketplace/console-api';
import { App, Button, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bindKey, type KeyBinding } from '../../api/debugging.ts';
import { hasCode, problemOf } from '../../api/problem.ts';
import { useCommand } from '../../components/command.ts';

export const interfaceClasses = ['BASE', 'KIT', 'LICENSE', 'GENERAL'] as const satisfies readonly InterfaceClassView[];

/** One key an interface class. Changing the key of live products is asked about first (S-21). */
export function BoundKeys({ address, keys }: { address: ProductionAddressView; keys: readonly AccessKeyView[] }) {
  const { t } = useTranslation();
  return (
    <div className="stack stack--tight">
      <h3>{t('address.keys')}</h3>
      {address.state !== 'VERIFIED' && <p className="soft">{t('address.verifyFirst')}</p>}
      {interfaceClasses.map((interfaceClass) => (
        <BoundKey
          key={interfaceClass}
          address={address}
          interfaceClass={interfaceClass}
          keys={keys.filter((each) => each.interfaceClass === interfaceClass)}
        />
      ))}
    </div>
  );
}

interface BoundKeyProps {
  readonly address: ProductionAddressView;
  readonly interfaceClass: InterfaceClassView;
  readonly keys: readonly AccessKeyView[];
}

function BoundKey({ address, interfaceClass, keys }: BoundKeyProps) {
  const { t } = useTranslation();
  const id = useId();
  const { modal } = App.useApp();
  const bound = address.keys.find((each) => each.interfaceClass === interfaceClass)?.keyId;
  const [chosen, setChosen] = useState<string>();
  const keyId = chosen ?? bound;
  const bind = useCommand<KeyBinding, unknown>({
    run: bindKey,
    refresh: ['addresses'],
    done: t('address.bound'),
    onDone: () => setChosen(undefined),
    onFailed: (error, binding) => {
      if (!hasCode(error, 'KEY_IN_USE')) return false;
      void modal.confirm({
        title: t('address.changeTitle'),
        content: t('address.changeHelp', { count: Number(problemOf(error).facts?.products ?? 1) }),
        okText: t('address.changeConfirm'),
        okButtonProps: { danger: true, 'data-testid': 'key-change-confirm' },
        onOk: () => bind.mutateAsync({ ...binding, confirmed: true }).catch(() => undefined),
      });
      return true;
    },
  });
  const verified = address.state === 'VERIFIED';
  return (
    <div className="row" data-testid={`bind-${interfaceClass}`}>
      <label htmlFor={id} style={{ minWidth: 150 }}>
        {t(`key.classes.${interfaceClass}`)}
      </label>
      {keys.length === 0 ? (
        <span className="soft">{t('address.noKeyOfClass')}</span>
      ) : (
        <>
          <Select
            id={id}
            style={{ width: 'min(100%, 400px)' }}
            placeholder={t('address.choose')}
            disabled={!verified}
            value={keyId ?? null}
            onChange={setChosen}
            options={keys.map((each) => ({ value: each.keyId, label: each.keyId }))}
          />
          <Button
            disabled={!verified || keyId === undefined || keyId === bound}
            loading={bind.isPending}
            onClick={() =>
              keyId !== undefined &&
              bind.mutate({ addressId: address.addressId, interfaceClass, keyId, confirmed: false })
            }
          >
            {t('address.bind')}
          </Button>
          {bound === undefined && <span className="soft">{t('address.unbound')}</span>}
        </>
      )}
    </div>
  );
}
