import type { OwnAccount } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { enterOwnAccount, ownAccountQuery, sendAccountCode } from '../../api/payout.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { CodeField, isCode } from '../enterprise/code-field.tsx';
import { AccountForm } from './account-form.tsx';

/** Where the seller is paid to: entered here, paid to once the operator has verified it (S-5, O-2). */
export function OwnAccountPage() {
  const { t } = useTranslation();
  const own = useQuery(ownAccountQuery);
  const [editing, setEditing] = useState(false);
  return (
    <Page
      title={t('nav.bankAccount')}
      tools={
        <Button
          type="primary"
          disabled={own.data === undefined}
          onClick={() => setEditing(true)}
          data-testid="enter-own-account"
        >
          {t('payout.own.enter')}
        </Button>
      }
    >
      <p className="soft">{t('payout.own.intro')}</p>
      <Loaded query={own}>
        {(found) => (
          <>
            <Change change={found.change} />
            <Panel title={t('payout.own.inForce')}>
              {found.account === null ? (
                <Empty sentence={t('payout.own.none')} />
              ) : (
                <dl className="facts" data-testid="own-account">
                  <Pair term={t('payout.accounts.holder')} value={found.account.holder} />
                  <Pair term={t('payout.accounts.bankName')} value={found.account.bankName} />
                  <Pair
                    term={t('payout.accounts.bankCode')}
                    value={<span className="mono">{found.account.bankCode}</span>}
                  />
                  <Pair
                    term={t('payout.accounts.number')}
                    value={<span className="mono">…{found.account.tail}</span>}
                  />
                  <Pair term={t('payout.accounts.changed')} value={<Instant at={found.account.changedAt} />} />
                </dl>
              )}
            </Panel>
            {editing && <Enter own={found} onClose={() => setEditing(false)} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** What waits for the operator, or was rejected. */
function Change({ change }: Pick<OwnAccount, 'change'>) {
  const { t } = useTranslation();
  if (change === null) return null;
  const { holder, bankName, tail, reason } = change;
  const rejected = change.state === 'REJECTED';
  return (
    <Alert
      type={rejected ? 'error' : 'info'}
      showIcon
      title={t(`payout.own.${change.state}`)}
      description={`${holder} · ${bankName} …${tail}${reason === null ? '' : ` – ${reason}`}`}
      data-testid="own-change"
    />
  );
}

function Enter({ own, onClose }: { own: OwnAccount; onClose: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const { codeTo } = own;
  return (
    <AccountForm
      title={t('payout.own.enter')}
      help={t('payout.own.help')}
      account={own.account}
      run={(values) => enterOwnAccount({ ...values, ...(codeTo === null ? {} : { code: code.trim() }) })}
      refresh={[...ownAccountQuery.queryKey]}
      done={t('payout.own.done')}
      onClose={onClose}
      blocked={codeTo !== null && !isCode(code)}
      more={codeTo !== null && <CodeField to={codeTo} send={sendAccountCode} value={code} onChange={setCode} />}
    />
  );
}
