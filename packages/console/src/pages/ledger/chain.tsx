import type { LedgerState, LedgerVerification } from '@jishi/marketplace/console-api';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { verifyBooks } from '../../api/ledger.ts';
import { CopyButton } from '../../components/copy.tsx';
import { Failure } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';

/** How far the entries are sealed, and whether they still are what was sealed. */
export function Chain({ chain }: { chain: LedgerState['chain'] }) {
  const { t } = useTranslation();
  const check = useMutation({ mutationFn: verifyBooks });
  const head = chain.hash === null ? null : `${chain.seals}:${chain.hash}`;
  return (
    <Panel title={t('ledger.chain.title')}>
      <div className="stack">
        {head === null ? (
          <p>{t('ledger.chain.empty')}</p>
        ) : (
          <dl className="facts">
            <Pair term={t('ledger.chain.seals')} value={<span className="num">{chain.seals}</span>} />
            <Pair
              term={t('ledger.chain.last')}
              value={chain.sealedAt === null ? '—' : <Instant at={chain.sealedAt} exact />}
            />
            <Pair
              term={t('ledger.chain.unsealed')}
              value={
                <>
                  <span className="num">{chain.unsealed}</span>
                  {chain.unsealed > 0 && <div className="soft">{t('ledger.chain.unsealedHelp')}</div>}
                </>
              }
            />
            <Pair
              term={t('ledger.chain.hash')}
              value={
                <>
                  <span className="mono" style={{ overflowWrap: 'anywhere' }}>
                    {head}
                  </span>{' '}
                  <CopyButton text={head} name={t('ledger.chain.hash')} />
                  <div className="soft">{t('ledger.chain.hashHelp')}</div>
                </>
              }
            />
          </dl>
        )}
        <div className="row">
          <Button loading={check.isPending} onClick={() => check.mutate()} data-testid="verify">
            {t('ledger.chain.verify')}
          </Button>
          <span className="soft">{t('ledger.chain.whole')}</span>
        </div>
        {check.error != null && <Failure error={check.error} />}
        {check.data && <Found found={check.data} />}
      </div>
    </Panel>
  );
}

function Found({ found }: { found: LedgerVerification }) {
  const { t } = useTranslation();
  const text = useText();
  if (found.ok)
    return (
      <Alert
        type="success"
        showIcon
        data-testid="verified"
        title={t('ledger.chain.right', { seals: found.seals, entries: found.entries })}
      />
    );
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      data-testid="not-verified"
      title={t('ledger.chain.wrong')}
      description={
        <ul style={{ overflowWrap: 'anywhere' }}>
          {found.faults.map(({ message }) => (
            <li key={message.en}>{text(message)}</li>
          ))}
          {found.more && <li>{t('ledger.chain.more')}</li>}
        </ul>
      }
    />
  );
}
