import { useTranslation } from 'react-i18next';
import type { ApplicationCardView, OwnProductView } from '../../api/publication-types.ts';
import { State } from '../../components/state.tsx';
import type { Tone } from '../../components/tones.ts';

const productTone: Readonly<Record<OwnProductView['status'], Tone>> = {
  DRAFT: 'idle',
  IN_REVIEW: 'run',
  REJECTED: 'bad',
  ON_SALE: 'ok',
  TRADE_FROZEN: 'bad',
  STOPPED: 'idle',
  WITHDRAWN: 'idle',
};

/** A product's state (catalogue.md 8.1); the hover tells what comes next and who must act. */
export function ProductStatus({ status, large = false }: { status: OwnProductView['status']; large?: boolean }) {
  const { t } = useTranslation();
  return (
    <State
      tone={productTone[status]}
      word={t(`publication.status.${status}.word`)}
      help={t(`publication.status.${status}.help`)}
      state={status}
      large={large}
      testId={large ? 'product-status' : undefined}
    />
  );
}

const applicationTone: Readonly<Record<ApplicationCardView['state'], Tone>> = {
  PENDING: 'run',
  APPROVED: 'ok',
  REJECTED: 'bad',
  WITHDRAWN: 'idle',
};

export function ApplicationStatus({ state, large = false }: { state: ApplicationCardView['state']; large?: boolean }) {
  const { t } = useTranslation();
  return (
    <State
      tone={applicationTone[state]}
      word={t(`publication.applicationState.${state}.word`)}
      help={t(`publication.applicationState.${state}.help`)}
      state={state}
      large={large}
      testId={large ? 'application-state' : undefined}
    />
  );
}

/** Until when the review is due; overdue in words and colour. */
export function Due({ application }: { application: Pick<ApplicationCardView, 'overdue'> & { time: string } }) {
  const { t } = useTranslation();
  const { overdue, time } = application;
  return overdue ? (
    <span className="fault">{t('publication.overdueSince', { time })}</span>
  ) : (
    <span className="num">{time}</span>
  );
}
