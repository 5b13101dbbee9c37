import type { OwnAgreementView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { acceptAgreement, ownAgreementQuery } from '../../api/settlement.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Instant } from '../../components/values.tsx';

/** The agreement with the marketplace: until its newest version is accepted, bills are closed (S2-2, S-63). */
export function AgreementPage() {
  const { t } = useTranslation();
  const own = useQuery(ownAgreementQuery);
  return (
    <Page title={t('settlement.agreement.title')}>
      <Loaded query={own}>
        {(found) =>
          found.agreement === null ? (
            <Empty sentence={t('settlement.agreement.none')} />
          ) : (
            <Agreement agreement={found.agreement} mayAccept={found.mayAccept} />
          )
        }
      </Loaded>
    </Page>
  );
}

interface AgreementProps {
  readonly agreement: NonNullable<OwnAgreementView['agreement']>;
  readonly mayAccept: boolean;
}

function Agreement({ agreement: { title, text, version, publishedAt, accepted }, mayAccept }: AgreementProps) {
  const { t } = useTranslation();
  const accept = useCommand({
    run: () => acceptAgreement(version),
    refresh: ['settlement'],
    done: t('settlement.agreement.done'),
  });
  return (
    <Panel title={title}>
      <div className="stack">
        <p className="soft">
          {t('settlement.agreement.version', { version })} · <Instant at={publishedAt} />
        </p>
        <div className="prose" style={{ whiteSpace: 'pre-wrap' }}>
          {text}
        </div>
        {accepted === null ? (
          <span className="row">
            <Button
              type="primary"
              disabled={!mayAccept}
              loading={accept.isPending}
              onClick={() => accept.mutate(undefined)}
              data-testid="accept-agreement"
            >
              {t('settlement.agreement.accept')}
            </Button>
            <span className="soft" data-testid="why-not">
              {t(mayAccept ? 'settlement.agreement.closed' : 'settlement.agreement.role')}
            </span>
          </span>
        ) : (
          <p className="soft" data-testid="agreement-accepted">
            {t('settlement.agreement.accepted', { by: accepted.by })} · <Instant at={accepted.at} /> ·{' '}
            <Link to="/seller/bills">{t('nav.bills')}</Link>
          </p>
        )}
      </div>
    </Panel>
  );
}
