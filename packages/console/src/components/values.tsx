import type { DerivationStepView, MoneyView } from '@jishi/marketplace/console-api';
import { Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../format/money.ts';
import { describeZone, formatInstant, formatInstantExactly } from '../format/time.ts';
import { usePreferences } from '../shell/preferences.tsx';
import { useStepWords } from './step-words.ts';

interface AmountProps {
  readonly money: MoneyView;
  /** how the amount came about; makes it open to its derivation (design.md 4.6) */
  readonly derivation?: readonly DerivationStepView[];
  readonly large?: boolean;
  readonly testId?: string;
}

/** An amount with its currency in the reader's format. With a derivation it is a button that opens it. */
export function Amount({ money, derivation, large, testId }: AmountProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const text = formatMoney(money, language);
  const className = large ? 'num amount-large' : 'num';
  if (derivation === undefined || derivation.length === 0) {
    return (
      <span className={className} data-testid={testId}>
        {text}
      </span>
    );
  }
  return (
    <Popover
      trigger="click"
      title={t('common.derivation')}
      content={<Derivation steps={derivation} />}
      placement="bottomLeft"
    >
      <button
        type="button"
        className={`${className} amount-button`}
        data-testid={testId}
        title={t('common.showDerivation')}
      >
        {text}
      </button>
    </Popover>
  );
}

/** What is done in words, formula with numbers, result, rule – one step an entry. */
export function Derivation({ steps }: { steps: readonly DerivationStepView[] }) {
  const words = useStepWords();
  return (
    <ol className="derivation" data-testid="derivation">
      {steps.map((step) => (
        <li key={`${step.rule} ${step.text}`}>
          <div className="soft">{words(step.rule)}</div>
          <div>{step.text}</div>
          <div>
            <strong className="num">{step.value}</strong> <span className="mono soft">{step.rule}</span>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** A moment in the reader's format and zone; the zone and UTC on hover. `exact` adds seconds. */
export function Instant({ at, exact, timeZone }: { at: string; exact?: boolean; timeZone?: string }) {
  const { language } = usePreferences();
  const format = exact ? formatInstantExactly : formatInstant;
  return (
    <time dateTime={at} title={describeZone(at, timeZone)} className="num">
      {format(at, language, timeZone)}
    </time>
  );
}
