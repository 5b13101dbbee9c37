import { useTranslation } from 'react-i18next';
import { ChoiceFilter, Filters } from '../../components/filters.tsx';
import { type DemandSearch, demandStates } from '../../search/sales-params.ts';

/** Of the seller's list of demands, the provider's and the buyer's. */
export function DemandFilters({ state }: Pick<DemandSearch, 'state'>) {
  const { t } = useTranslation();
  return (
    <Filters active={state !== undefined} names={['state']}>
      <ChoiceFilter
        name="state"
        label={t('order.state')}
        value={state}
        choices={demandStates.map((state) => ({ value: state, label: t(`offers.demand.state.${state}.word`) }))}
      />
    </Filters>
  );
}
