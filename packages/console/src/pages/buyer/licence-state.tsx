import type { LicenceApplicationView, LicenceCodeView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { State } from '../../components/state.tsx';
import type { Tone } from '../../components/tones.ts';

const codeTone: Readonly<Record<LicenceCodeView['state'], Tone>> = {
  CREATED: 'wait',
  RECEIVED: 'wait',
  ALIVE: 'ok',
  EXPIRED: 'bad',
  RELEASED: 'idle',
};
const applicationTone: Readonly<Record<LicenceApplicationView['state'], Tone>> = {
  REQUESTED: 'run',
  GRANTED: 'ok',
  REFUSED: 'bad',
  CLOSED: 'idle',
};

export function CodeState({ state }: { state: LicenceCodeView['state'] }) {
  const { t } = useTranslation();
  return (
    <State
      tone={codeTone[state]}
      word={t(`licence.state.${state}.word`)}
      help={t(`licence.state.${state}.help`)}
      state={state}
      testId="code-state"
    />
  );
}

export function ApplicationState({ state }: { state: LicenceApplicationView['state'] }) {
  const { t } = useTranslation();
  return (
    <State
      tone={applicationTone[state]}
      word={t(`licence.application.${state}.word`)}
      help={t(`licence.application.${state}.help`)}
      state={state}
      testId="application-state"
    />
  );
}
