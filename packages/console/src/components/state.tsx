import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  MinusCircleOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import type {
  InstanceView,
  OrderLineView,
  OrderView,
  RefundView,
  SellerCallView,
} from '@jishi/marketplace/console-api';
import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { callTone, instanceTone, lineTone, orderTone, refundTone, type Tone } from './tones.ts';

/** A state is a word with a colour and an icon; hover or focus tells what it means, what comes next and who must act. */
export function State({ tone, word, help, large, testId, state }: StateProps) {
  return (
    <Tooltip title={help}>
      <button
        type="button"
        className={`state state--${tone}${large ? ' state--large' : ''}`}
        data-testid={testId}
        data-state={state}
      >
        {icons[tone]}
        <span>{word}</span>
      </button>
    </Tooltip>
  );
}

interface StateProps {
  readonly tone: Tone;
  readonly word: string;
  readonly help: string;
  readonly state: string;
  readonly large?: boolean | undefined;
  readonly testId?: string | undefined;
}

const icons: Readonly<Record<Tone, ReactNode>> = {
  ok: <CheckCircleOutlined />,
  run: <SyncOutlined />,
  wait: <ClockCircleOutlined />,
  bad: <CloseCircleOutlined />,
  idle: <MinusCircleOutlined />,
};

export function OrderState({ state, large }: { state: OrderView['state']; large?: boolean }) {
  const { t } = useTranslation();
  return (
    <State
      tone={orderTone[state]}
      word={t(`state.order.${state}.word`)}
      help={t(`state.order.${state}.help`)}
      state={state}
      large={large}
      testId={large ? 'order-state' : undefined}
    />
  );
}

export function LineState({ state }: { state: OrderLineView['state'] }) {
  const { t } = useTranslation();
  return (
    <State
      tone={lineTone[state]}
      word={t(`state.line.${state}.word`)}
      help={t(`state.line.${state}.help`)}
      state={state}
    />
  );
}

export function InstanceState({ state, large }: { state: InstanceView['state']; large?: boolean }) {
  const { t } = useTranslation();
  return (
    <State
      tone={instanceTone[state]}
      word={t(`state.instance.${state}.word`)}
      help={t(`state.instance.${state}.help`)}
      state={state}
      large={large}
      testId={large ? 'instance-state' : undefined}
    />
  );
}

/** @param help what the state means to whoever does not ask for the refund but reviews it */
export function RefundState({ state, large, help }: { state: RefundView['state']; large?: boolean; help?: string }) {
  const { t } = useTranslation();
  return (
    <State
      tone={refundTone[state]}
      word={t(`refund.state.${state}.word`)}
      help={help ?? t(`refund.state.${state}.help`)}
      state={state}
      large={large}
      testId={large ? 'refund-state' : undefined}
    />
  );
}

/** S-27: DUE is three things to a reader – not tried yet, failed and will repeat, or restarted by a person. */
export function CallState({ call, large }: { call: SellerCallView; large?: boolean }) {
  const { t } = useTranslation();
  const face =
    call.restarted && (call.state === 'DUE' || call.state === 'RUNNING')
      ? 'RESTARTED'
      : call.state === 'DUE' && call.attempts > 0
        ? 'WILL_REPEAT'
        : call.state;
  return (
    <State
      tone={callTone[face]}
      word={t(`state.call.${face}.word`)}
      help={t(`state.call.${face}.help`)}
      state={call.state}
      large={large}
      testId={large ? 'call-state' : undefined}
    />
  );
}

/** An e-mail or text message on its way; the states of a task in the words of a delivery. */
export function DeliveryState({ state }: { state: SellerCallView['state'] }) {
  const { t } = useTranslation();
  return (
    <State
      tone={callTone[state]}
      word={t(`outbox.states.${state}.word`)}
      help={t(`outbox.states.${state}.help`)}
      state={state}
    />
  );
}

/** A task of the marketplace has the same states as a seller call. */
export function TaskState({ state }: { state: SellerCallView['state'] }) {
  const { t } = useTranslation();
  return (
    <State
      tone={callTone[state]}
      word={t(`state.call.${state}.word`)}
      help={t(`state.call.${state}.help`)}
      state={state}
    />
  );
}
