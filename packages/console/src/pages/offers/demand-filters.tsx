import { useTranslation } from 'react-i18next';
import { StateFilter } from '../../components/filters.tsx';
import { type DemandSearch, demandStates } from '../../search/sales-params.ts';

/** Of the seller's list of demands, the provider's and the buyer's. */
export function DemandFilters({ state }: Pick<DemandSearch, 'state'>) {
  const { t } = useTranslation();
  return <StateFilter value={state} states={demandStates} word={(state) => t(`offers.demand.state.${state}.word`)} />;
}
