import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DemandView, decideDemand } from '../../api/offers.ts';
import { useCommand } from '../../components/command.ts';
import { ReasonDialog } from '../../components/reason-dialog.tsx';

/** Accept at once, or refuse with a reason that the customer reads (C51a). */
export function DecideDemand({ demand }: { demand: DemandView }) {
  const { t } = useTranslation();
  const [refusing, setRefusing] = useState(false);
  const decide = useCommand({
    run: (decision: { accept: boolean; comment: string }) => decideDemand(demand.demandId, decision),
    refresh: ['demands'],
    done: t('offers.demand.decided'),
    onDone: () => setRefusing(false),
  });
  if (demand.state !== 'OPEN') return null;
  return (
    <>
      <Button
        size="small"
        type="primary"
        onClick={() => decide.mutate({ accept: true, comment: '' })}
        loading={decide.isPending}
        aria-label={`${t('offers.demand.accept')}: ${demand.buyerName}`}
        data-testid="accept-demand"
      >
        {t('offers.demand.accept')}
      </Button>
      <Button
        size="small"
        onClick={() => setRefusing(true)}
        aria-label={`${t('offers.demand.refuse')}: ${demand.buyerName}`}
        data-testid="refuse-demand"
      >
        {t('offers.demand.refuse')}
      </Button>
      {refusing && (
        <ReasonDialog
          title={t('offers.demand.refuseTitle')}
          confirm={t('offers.demand.refuse')}
          busy={decide.isPending}
          error={decide.error}
          onClose={() => setRefusing(false)}
          onConfirm={(comment) => decide.mutate({ accept: false, comment })}
        >
          {t('offers.demand.refuseHelp', { name: demand.buyerName })}
        </ReasonDialog>
      )}
    </>
  );
}
