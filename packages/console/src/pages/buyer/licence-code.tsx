import type { LicenceCodeView } from '@jishi/marketplace/console-api';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pickUpCode, revealCode } from '../../api/licences.ts';
import { useCommand } from '../../components/command.ts';
import { Panel } from '../../components/page.tsx';
import { Revealed } from '../../components/revealed.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { CodeState } from './licence-state.tsx';

/** The code of a service: to be picked up, then shown on demand, with what became of it (4.1). */
export function LicenceCode({ resourceId, code }: { resourceId: string; code: LicenceCodeView }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('licence.code')}>
      <div className="stack" data-testid="licence-code">
        {code.mayPickUp && <PickUp resourceId={resourceId} />}
        <dl className="facts">
          <Pair term={t('licence.status')} value={<CodeState state={code.state} />} />
          {code.mayShow && <Pair term={t('licence.code')} value={<Code resourceId={resourceId} />} />}
          {code.frozenFor !== null && (
            <Pair term={t('licence.state.EXPIRED.word')} value={t(`licence.frozenFor.${code.frozenFor}`)} />
          )}
          {code.amount !== null && <Pair term={t('licence.amount')} value={code.amount} />}
          <Pair term={t('licence.pickedUpAt')} value={<TimeOrNot at={code.pickedUpAt} />} />
          <Pair term={t('licence.activatedAt')} value={<TimeOrNot at={code.activatedAt} />} />
          {code.activatedAt !== null && (
            <Pair
              term={t('licence.expireAt')}
              value={code.expireAt === null ? t('licence.perpetual') : <Instant at={code.expireAt} />}
            />
          )}
        </dl>
        {code.mayShow && code.activatedAt === null && <p className="soft">{t('licence.use')}</p>}
      </div>
    </Panel>
  );
}

/** What it costs the buyer, the negotiated refund, is said before it is done. */
function PickUp({ resourceId }: { resourceId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const pickUp = useCommand({
    run: () => pickUpCode(resourceId),
    refresh: ['licences'],
    onDone: () => {
      setOpen(false);
      void client.invalidateQueries();
    },
  });
  return (
    <div>
      <Button type="primary" onClick={() => setOpen(true)} data-testid="pick-up">
        {t('licence.pickUp.button')}
      </Button>
      <Modal
        open={open}
        title={t('licence.pickUp.title')}
        okText={t('licence.pickUp.confirm')}
        okButtonProps={{ 'data-testid': 'pick-up-confirm' }}
        confirmLoading={pickUp.isPending}
        onOk={() => pickUp.mutate(undefined)}
        onCancel={() => setOpen(false)}
      >
        <p>{t('licence.pickUp.what')}</p>
        <p>
          <strong>{t('licence.pickUp.refund')}</strong>
        </p>
      </Modal>
    </div>
  );
}

function Code({ resourceId }: { resourceId: string }) {
  const { t } = useTranslation();
  const [show, hide, audit] = [t('licence.show'), t('licence.hide'), t('licence.audit')];
  return (
    <Revealed
      read={() => revealCode(resourceId)}
      words={{ show, hide, audit, name: t('licence.code') }}
      testId={{ text: 'code-text', button: 'code-show' }}
    />
  );
}

function TimeOrNot({ at }: { at: string | null }) {
  const { t } = useTranslation();
  return at === null ? <span className="soft">{t('licence.never')}</span> : <Instant at={at} />;
}
