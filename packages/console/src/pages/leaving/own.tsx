import type { LeavingView, OwnLeavingView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { applyToLeave, ownLeavingQuery, stayAfterAll, takeTheRest } from '../../api/leaving.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { Instant } from '../../components/values.tsx';
import { may } from '../../shell/areas.ts';
import { Hindrances, LeavingState, Running, Statements, WayOut } from './parts.tsx';
import { UninvoicedOrders } from './uninvoiced.tsx';

const refresh = ['leaving'];

/** Leaving the marketplace (S4-7): what still hinders, each linked to where it is solved; then the application. */
export function OwnLeavingPage() {
  const { t } = useTranslation();
  const own = useQuery(ownLeavingQuery);
  return (
    <Page title={t('nav.leaving')} tools={own.data && <Apply own={own.data} />}>
      {own.data?.leftAt == null && <p className="soft">{t('leaving.intro')}</p>}
      <Loaded query={own}>
        {(found) => (
          <>
            <Standing own={found} />
            {found.leftAt === null && (
              <Panel title={t('leaving.hinders')}>
                <Hindrances
                  hindrances={found.hindrances}
                  currency={found.currency}
                  solve={({ kind }) => (
                    <span className="row">
                      <WayOut kind={kind} />
                      {kind === 'BELOW_MINIMUM' && <TakeTheRest allowed={found.mayTakeTheRest} />}
                    </span>
                  )}
                />
              </Panel>
            )}
            <Running running={found.running} />
            {found.uninvoiced.length > 0 && found.leftAt === null && <UninvoicedOrders own={found} />}
            {found.statements.length > 0 && (
              <Panel title={t('leaving.statement.title')}>
                <Statements statements={found.statements} />
              </Panel>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** How the application stands, or that the seller has left. */
function Standing({ own: { application, leftAt } }: { own: OwnLeavingView }) {
  const { t } = useTranslation();
  if (leftAt !== null)
    return (
      <Alert
        type="info"
        showIcon
        title={
          <>
            {t('leaving.left')} <Instant at={leftAt} />
          </>
        }
        description={t('leaving.leftHelp')}
        data-testid="has-left"
      />
    );
  return application === null ? null : <Application application={application} />;
}

function Application({
  application: { state, reason, askedAt, askedBy, decidedAt, comment },
}: {
  application: LeavingView;
}) {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'leaving.apply');
  const stay = useCommand({ run: stayAfterAll, refresh, done: t('leaving.stayed') });
  return (
    <Panel title={t('leaving.application')}>
      <div className="stack stack--tight">
        <span className="row">
          <LeavingState state={state} large />
          <span className="soft">
            {askedBy} · <Instant at={askedAt} />
          </span>
        </span>
        <p className="prose">{reason}</p>
        {comment !== null && decidedAt !== null && (
          <p data-testid="leaving-comment">
            {t('leaving.answer')} {comment}{' '}
            <span className="soft">
              · <Instant at={decidedAt} />
            </span>
          </p>
        )}
        {state === 'PENDING' && (
          <span>
            <Button
              disabled={!allowed}
              loading={stay.isPending}
              onClick={() => stay.mutate(undefined)}
              data-testid="stay"
            >
              {t('leaving.stay')}
            </Button>
          </span>
        )}
      </div>
    </Panel>
  );
}

/** Nothing can be undone later, so it is confirmed by a tick of its own beside the reason. */
function Apply({ own }: { own: OwnLeavingView }) {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'leaving.apply');
  const [open, setOpen] = useState(false);
  const [sure, setSure] = useState(false);
  const [tried, setTried] = useState(false);
  const apply = useCommand({
    run: applyToLeave,
    refresh,
    done: t('leaving.asked'),
    onDone: () => setOpen(false),
    onFailed: () => true,
  });
  if (own.leftAt !== null || own.application?.state === 'PENDING') return null;
  const why = allowed ? (own.hindrances.length > 0 ? t('leaving.whyNot') : null) : t('leaving.role');
  return (
    <span className="row">
      {why !== null && (
        <span className="soft" data-testid="why-not">
          {why}
        </span>
      )}
      <Button
        danger
        disabled={!own.mayApply || own.hindrances.length > 0}
        title={why ?? undefined}
        onClick={() => {
          setSure(false);
          setTried(false);
          setOpen(true);
        }}
        data-testid="apply-to-leave"
      >
        {t('leaving.apply')}
      </Button>
      {open && (
        <ReasonDialog
          title={t('leaving.apply')}
          confirm={t('leaving.apply')}
          danger
          busy={apply.isPending}
          error={apply.error}
          blocked={!sure}
          onBlocked={() => {
            setTried(true);
            document.getElementById('leaving-sure')?.focus();
          }}
          more={
            <div>
              <Checkbox
                id="leaving-sure"
                checked={sure}
                onChange={({ target }) => setSure(target.checked)}
                data-testid="leaving-sure"
              >
                {t('leaving.sure')}
              </Checkbox>
              {tried && !sure && (
                <div role="alert" className="fault">
                  {t('leaving.sureMissing')}
                </div>
              )}
            </div>
          }
          onClose={() => setOpen(false)}
          onConfirm={(reason) => apply.mutate(reason)}
        >
          {t('leaving.applyHelp')}
        </ReasonDialog>
      )}
    </span>
  );
}

function TakeTheRest({ allowed }: { allowed: boolean }) {
  const { t } = useTranslation();
  const take = useCommand({ run: takeTheRest, refresh, done: t('leaving.restDone') });
  return (
    <Popconfirm title={t('leaving.restSure')} disabled={!allowed} onConfirm={() => take.mutate(undefined)}>
      <Button
        size="small"
        disabled={!allowed}
        title={allowed ? undefined : t('leaving.restWhyNot')}
        loading={take.isPending}
        data-testid="take-the-rest"
      >
        {t('leaving.rest')}
      </Button>
    </Popconfirm>
  );
}
