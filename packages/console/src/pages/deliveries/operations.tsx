import type { OperationView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { operationsQuery } from '../../api/deliveries.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { Instant } from '../../components/values.tsx';
import { EvidenceFiles } from './appeal-panel.tsx';

/** Everything that was done in the supervision, newest first, each entry with its files: the evidence (S6-1, S-44). */
export function Operations({ deliveryId }: { deliveryId: string }) {
  const { t } = useTranslation();
  const operations = useQuery(operationsQuery(deliveryId));
  return (
    <Panel title={t('supervision.log.title')}>
      <Loaded query={operations}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t('supervision.log.none')}</p>
          ) : (
            <ol className="plain-list stack" data-testid="operations">
              {items.toReversed().map((operation) => (
                <Entry key={operation.operationId} deliveryId={deliveryId} operation={operation} />
              ))}
            </ol>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Entry({ deliveryId, operation }: { deliveryId: string; operation: OperationView }) {
  const { t } = useTranslation();
  const { by, what, from, to, text, files, at } = operation;
  const named = known(what);
  return (
    <li data-testid="operation" data-what={what}>
      <div>
        <strong>
          {t(`supervision.side.${by}`)} · {named === null ? what : t(`supervision.log.${named}`)}
        </strong>
      </div>
      {what !== 'REMIND' && text !== '' && <div className="prose">{text}</div>}
      <EvidenceFiles deliveryId={deliveryId} files={files} />
      <div className="row soft">
        <Instant at={at} exact />
        {from !== to && (
          <span>
            {t(`supervision.step.${from}`)} → {t(`supervision.step.${to}`)}
          </span>
        )}
      </div>
    </li>
  );
}

const names = [
  ...(['SUBMIT_REQUIREMENT', 'CONFIRM_REQUIREMENT', 'REJECT_REQUIREMENT', 'GIVE_CODE', 'PICK_UP', 'ACTIVATE'] as const),
  ...(['DELIVER', 'REPORT', 'OPENED', 'PROVE', 'APPROVE', 'RETURN', 'ACCEPT', 'REJECT_DELIVERY', 'APPEAL'] as const),
  ...(['PLAN_MILESTONES', 'ACCEPT_MILESTONE'] as const),
  ...(['STATEMENT', 'DECIDE', 'REMIND', 'PARCEL_SIGNED', 'PARCEL_UNMATCHED', 'END'] as const),
];
const known = (what: string): (typeof names)[number] | null => names.find((name) => name === what) ?? null;
