import { CheckCircleOutlined, ClockCircleOutlined } from '@ant-design/icons';
import type { SettlementLineDetail } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { useRuleWords } from './words.ts';

/** The computation as it was done: what a step does in words, its formula with numbers, its result, its rule. */
export function Steps({ steps }: { steps: SettlementLineDetail['derivation'] }) {
  const { t } = useTranslation();
  const words = useRuleWords();
  if (steps.length === 0) return <p className="soft">{t('settlement.line.noDerivation')}</p>;
  return (
    <ol className="derivation" data-testid="derivation">
      {steps.map((step) => (
        <li key={`${step.rule} ${step.text}`}>
          <div>{words(step.rule)}</div>
          <div className="soft">{step.text}</div>
          <div>
            = <strong className="num">{step.value}</strong> <span className="mono soft">{step.rule}</span>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** Each condition with the instant it was met at, or what it still waits for (S-62). */
export function Conditions({ line }: { line: Pick<SettlementLineDetail, 'conditions' | 'waitingFor'> }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <ul className="conditions" data-testid="conditions">
      {line.conditions.map((condition) => (
        <li key={condition.rule + condition.met} data-met="true">
          <span className="state state--ok">
            <CheckCircleOutlined aria-label={t('settlement.line.met')} />
          </span>
          <span>
            {text(condition.text)} <span className="mono soft">{condition.rule}</span>
            <div className="soft">
              <Instant at={condition.met} exact />
            </div>
          </span>
        </li>
      ))}
      {line.waitingFor.map((waiting) => (
        <li key={waiting.rule + waiting.text.en} data-met="false">
          <span className="state state--wait">
            <ClockCircleOutlined aria-label={t('settlement.line.open')} />
          </span>
          <span>
            <strong>{text(waiting.text)}</strong> <span className="mono soft">{waiting.rule}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
