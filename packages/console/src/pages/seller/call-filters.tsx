import { useTranslation } from 'react-i18next';
import { ChoiceFilter, Filters, TextFilter, TimeFilter } from '../../components/filters.tsx';
import { type CallSearch, callStates, isFiltered } from '../../search/params.ts';
import { activities, protocols, useActivityName } from './activities.ts';

const names = ['state', 'activity', 'protocol', 'orderId', 'instanceId', 'goodsId', 'from', 'to'];

/** The filters of S-27: product, order, instance, activity, state, time. */
export function CallFilters({ search }: { search: CallSearch }) {
  const { t } = useTranslation();
  const activityName = useActivityName();
  return (
    <Filters active={isFiltered(search)} names={names}>
      <ChoiceFilter
        name="state"
        label={t('call.state')}
        value={search.state}
        choices={callStates.map((state) => ({ value: state, label: t(`state.call.${state}.word`) }))}
      />
      <ChoiceFilter
        name="activity"
        label={t('call.activity')}
        value={search.activity}
        choices={activities.map((activity) => ({ value: activity, label: `${activityName(activity)} ${activity}` }))}
      />
      <ChoiceFilter
        name="protocol"
        label={t('protocol.title')}
        value={search.protocol}
        choices={protocols.map((protocol) => ({ value: protocol, label: t(`protocol.${protocol}`) }))}
      />
      <TextFilter name="orderId" label={t('order.number')} value={search.orderId} />
      <TextFilter name="instanceId" label={t('service.instanceId')} value={search.instanceId} />
      <TextFilter name="goodsId" label={t('product.number')} value={search.goodsId} />
      <TimeFilter label={t('call.time')} from={search.from} to={search.to} />
    </Filters>
  );
}
