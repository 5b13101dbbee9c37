import type { ProbedProductView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { probeNow } from '../../api/debugging.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { may } from '../../shell/areas.ts';

/** Replays all cases of a product at once, also while trading is frozen: it proves the repair. */
export function ProbeNow({ product }: { product: ProbedProductView }) {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'debug.use');
  const run = useCommand({ run: probeNow, refresh: ['probes'], done: t('probe.begun') });
  if (!allowed) return null;
  return (
    <Button
      size="small"
      disabled={product.cases === 0}
      loading={run.isPending || product.running}
      onClick={() => run.mutate(product.goodsId)}
      data-testid="probe-now"
    >
      {t('probe.now')}
    </Button>
  );
}
