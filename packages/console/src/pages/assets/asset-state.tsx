import type { AssetVersionView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { State } from '../../components/state.tsx';
import type { Tone } from '../../components/tones.ts';

/** SCANNING is two things to a reader: the scanner is at work, or an operator tests. */
export function AssetState({ version, large }: { version: AssetVersionView; large?: boolean }) {
  const { t } = useTranslation();
  const face = version.waitsFor === 'OPERATOR' ? 'TESTING' : version.state;
  return (
    <State
      tone={tones[face]}
      word={t(`asset.state.${face}.word`)}
      help={t(`asset.state.${face}.help`)}
      state={version.state}
      large={large}
      testId="asset-state"
    />
  );
}

const tones: Readonly<Record<AssetVersionView['state'] | 'TESTING', Tone>> = {
  SCANNING: 'run',
  TESTING: 'wait',
  APPROVED: 'ok',
  REJECTED: 'bad',
};
