import type { WebhookView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { State } from '../../components/state.tsx';
import type { Tone } from '../../components/tones.ts';

const tones: Readonly<Record<WebhookView['state'], Tone>> = { ACTIVE: 'ok', PAUSED: 'idle', SWITCHED_OFF: 'bad' };

export function EndpointState({ webhook: { state } }: { webhook: WebhookView }) {
  const { t } = useTranslation();
  return (
    <State
      tone={tones[state]}
      word={t(`webhooks.states.${state}`)}
      help={t(`webhooks.stateHelp.${state}`)}
      state={state}
      testId="webhook-state"
    />
  );
}
