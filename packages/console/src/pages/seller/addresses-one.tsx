import type { AccessKeyView, ProductionAddressView } from '@jishi/marketplace/console-api';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { checkAddress } from '../../api/debugging.ts';
import { useCommand } from '../../components/command.ts';
import { CopyButton, Id } from '../../components/copy.tsx';
import { Marked } from '../../components/outcome.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { BoundKeys } from './addresses-binding.tsx';

/** One address: verified or not, how to prove it, which keys serve it, which products depend on it. */
export function AddressPanel({ address, keys }: { address: ProductionAddressView; keys: readonly AccessKeyView[] }) {
  const { t } = useTranslation();
  const text = useText();
  const check = useCommand({ run: checkAddress, refresh: ['addresses'] });
  const verified = address.state === 'VERIFIED';
  return (
    <section
      className="panel stack stack--tight"
      aria-label={address.origin}
      data-testid="address"
      data-state={address.state}
    >
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <div className="row">
          <h2 className="mono">{address.origin}</h2>
          <Marked mark={address.checking ? 'run' : verified ? 'ok' : 'bad'} state={address.state}>
            {address.checking ? t('address.checking') : t(`address.state.${address.state}`)}
          </Marked>
          {address.verifiedBy !== null && <span className="soft">{t(`address.by.${address.verifiedBy}`)}</span>}
        </div>
        {address.verifiedBy !== 'LOCAL' && (
          <Button
            loading={check.isPending || address.checking}
            onClick={() => check.mutate(address.addressId)}
            data-testid="address-check"
          >
            {t('address.check')}
          </Button>
        )}
      </div>
      <dl className="facts">
        {address.checkedAt !== null && (
          <Pair term={t('address.checkedAt')} value={<Instant at={address.checkedAt} exact />} />
        )}
        {address.fault !== null && <Pair term={t('address.fault')} value={text(address.fault)} />}
        {address.products.length > 0 && (
          <Pair term={t('address.products')} value={address.products.map(({ name }) => text(name)).join(' · ')} />
        )}
      </dl>
      {address.verifiedBy !== 'LOCAL' && <Proof address={address} />}
      <BoundKeys address={address} keys={keys} />
    </section>
  );
}

function Proof({ address: { proof, state } }: { address: ProductionAddressView }) {
  const { t } = useTranslation();
  return (
    <details open={state !== 'VERIFIED'}>
      <summary>{t('address.howTo')}</summary>
      <div className="stack stack--tight" style={{ paddingTop: 8 }}>
        <p>{t('address.either')}</p>
        <dl className="facts">
          <Pair
            term={t('address.token')}
            value={
              <span className="row" data-testid="address-token">
                <span className="mono">{proof.token}</span>
                <CopyButton text={proof.token} name={t('address.token')} />
              </span>
            }
          />
        </dl>
        <ol style={{ margin: 0, paddingLeft: 20 }}>
          <li>
            {t('address.file')} <Id value={proof.fileUrl} name={t('address.file')} />
          </li>
          <li>
            {t('address.dns')} <Id value={proof.dnsName} name={t('address.dns')} />
          </li>
        </ol>
      </div>
    </details>
  );
}
