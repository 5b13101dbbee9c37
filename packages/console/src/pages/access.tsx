import type { ResourceDetailsView } from '@jishi/marketplace/console-api';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Id } from '../components/copy.tsx';
import { Panel } from '../components/page.tsx';
import { Pair } from '../components/rows.tsx';
import { Instant } from '../components/values.tsx';
import { webAddress } from '../format/web-address.ts';
import { useText } from '../i18n/text.ts';
import { Password } from './password.tsx';

interface AccessProps {
  readonly details: ResourceDetailsView;
  /** false: it is no product that people sign in to, and its place is told elsewhere */
  readonly signsIn: boolean;
}

/** Application info (B-43): where the product is and how to get in; older values say from when they are (B-45). */
export function Access({ details, signsIn }: AccessProps) {
  const { t } = useTranslation();
  const text = useText();
  const { access, instance } = details;
  return (
    <Panel title={t('service.access')}>
      <div className="stack">
        {access === null ? (
          signsIn && (
            <p className="soft">{t(instance.state === 'PROVISIONING' ? 'service.notYet' : 'service.noAccess')}</p>
          )
        ) : (
          <>
            {access.stale && (
              <Alert
                type="warning"
                showIcon
                data-testid="stale"
                title={t('service.stale')}
                description={
                  <>
                    {t('service.staleSince')} <Instant at={access.fetchedAt} exact />
                  </>
                }
              />
            )}
            <dl className="facts">
              <Pair
                term={t('service.frontEnd')}
                value={<Address url={access.frontEndUrl} name={t('service.frontEnd')} />}
              />
              {access.adminUrl !== null && (
                <Pair term={t('service.admin')} value={<Address url={access.adminUrl} name={t('service.admin')} />} />
              )}
              {access.userName !== null && (
                <Pair
                  term={t('service.userName')}
                  value={<Id value={access.userName} name={t('service.userName')} />}
                />
              )}
              {access.hasPassword && (
                <Pair term={t('service.password')} value={<Password resourceId={instance.resourceId} />} />
              )}
              {access.memo !== null && (
                <Pair term={t('service.memo')} value={<span className="prose">{access.memo}</span>} />
              )}
            </dl>
          </>
        )}
        <div>
          <h3>{t('product.usageGuide')}</h3>
          <p className="prose">{text(details.usageGuide)}</p>
        </div>
      </div>
    </Panel>
  );
}

function Address({ url, name }: { url: string; name: string }) {
  const address = webAddress(url);
  if (address === null) return <Id value={url} name={name} />;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer">
      {url}
    </a>
  );
}
