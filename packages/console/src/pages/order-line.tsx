import type { OrderLineView, OrderView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { Id } from '../components/copy.tsx';
import { ServiceLink } from '../components/links.tsx';
import { Panel } from '../components/page.tsx';
import { Pair } from '../components/rows.tsx';
import { LineState } from '../components/state.tsx';
import { Amount, Instant } from '../components/values.tsx';
import { compareDecimal } from '../format/decimal.ts';
import { formatPeriods } from '../format/period.ts';
import { useText } from '../i18n/text.ts';
import { usePreferences } from '../shell/preferences.tsx';
import { deliverySteps } from './deliveries/delivery-steps.ts';
import { useDeliveryOf } from './deliveries/use-delivery.ts';
import { type StepState, stepNames, stepsOf } from './order-steps.ts';
import { useParameterLabel } from './parameter-labels.ts';

/** One line of an order: where its delivery stands, what was bought, what it cost and why. */
export function OrderLine({ order, line }: { order: OrderView; line: OrderLineView }) {
  const { t } = useTranslation();
  const text = useText();
  const { language } = usePreferences();
  const steps = stepsOf(order, line);
  const { delivery } = useDeliveryOf(steps === null ? '' : line.orderLineId);
  const parameterLabel = useParameterLabel(line.goodsId, line.parameters.length > 0);
  return (
    <Panel title={text(line.specificationName)}>
      <div className="stack">
        {delivery != null ? (
          <Steps
            steps={deliverySteps(delivery).map(({ name, state }) => ({
              name,
              state,
              word: t(`handover.steps.${name}`),
            }))}
          />
        ) : (
          steps !== null && (
            <Steps
              steps={stepNames.map((name, index) => ({
                name,
                state: steps[index] ?? 'todo',
                word: t(`steps.${name}`),
              }))}
            />
          )
        )}
        <dl className="facts">
          <Pair term={t('order.lineState')} value={<LineState state={line.state} />} />
          <Pair term={t('product.charging')} value={t(`charging.${line.chargingMode}`)} />
          {line.linearAttribute !== null && (
            <Pair
              term={text(line.linearAttribute.name)}
              value={`${line.quantity} ${text(line.linearAttribute.unit)}`}
            />
          )}
          {line.periodType !== null && line.periodNumber !== null && (
            <Pair term={t('product.duration')} value={formatPeriods(line.periodNumber, line.periodType, language)} />
          )}
          {compareDecimal(line.listAmount.amount, line.amount.amount) !== 0 && (
            <Pair term={t('order.listAmount')} value={<Amount money={line.listAmount} />} />
          )}
          <Pair term={t('order.amount')} value={<Amount money={line.amount} derivation={line.derivation} />} />
          {line.expireAt !== null && <Pair term={t('service.expireAt')} value={<Instant at={line.expireAt} />} />}
          {line.parameters.map((parameter) => (
            <Pair key={parameter.name} term={parameterLabel(parameter.name)} value={parameter.value} />
          ))}
          <Pair term={t('product.seller')} value={line.sellerName} />
          <Pair term={t('order.lineNumber')} value={<Id value={line.orderLineId} name={t('order.lineNumber')} />} />
          {line.resourceId !== null && <Pair term={t('order.resource')} value={<ServiceLink id={line.resourceId} />} />}
        </dl>
      </div>
    </Panel>
  );
}

interface Step {
  readonly name: string;
  readonly state: StepState;
  readonly word: string;
}

function Steps({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation();
  return (
    <ol className="steps" aria-label={t('steps.title')} data-testid="steps">
      {steps.map(({ name, state, word }) => (
        <li
          key={name}
          className={state}
          aria-current={state === 'now' ? 'step' : undefined}
          data-step={name}
          data-state={state}
        >
          <div>{word}</div>
          <span className="soft" style={{ fontWeight: 400 }}>
            {t(`steps.state.${state}`)}
          </span>
        </li>
      ))}
    </ol>
  );
}
