import { useTranslation } from 'react-i18next';
import { Marked } from '../../components/outcome.tsx';

const states = ['DRAFT', 'IN_REVIEW', 'REJECTED', 'ON_SALE', 'TRADE_FROZEN', 'STOPPED', 'WITHDRAWN'] as const;

/** The state of a product in words (consoles-and-processes.md 11). */
export function ProductStatus({ status }: { status: string }) {
  const { t } = useTranslation();
  const known = states.find((one) => one === status);
  const mark = status === 'ON_SALE' ? 'ok' : status === 'TRADE_FROZEN' ? 'bad' : 'idle';
  return (
    <Marked mark={mark} state={status}>
      {known === undefined ? status : t(`probe.status.${known}`)}
    </Marked>
  );
}
