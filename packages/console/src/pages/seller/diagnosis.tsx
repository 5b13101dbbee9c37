import { ToolOutlined, WarningOutlined } from '@ant-design/icons';
import type { DiagnosisView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { markDifference, type Part } from '../../format/difference.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';

/** Why a call failed: expected and seen side by side with the differing part marked, and how to put it right; the code leads to its page. */
export function DiagnosisCard({ diagnosis }: { diagnosis: DiagnosisView }) {
  const { t } = useTranslation();
  const text = useText();
  const { language } = usePreferences();
  const difference = markDifference(diagnosis.expected, diagnosis.seen);
  return (
    <section
      className={`diagnosis diagnosis--${diagnosis.severity}`}
      aria-label={text(diagnosis.summary)}
      data-testid="diagnosis"
      data-code={diagnosis.code}
    >
      <div className="row">
        <WarningOutlined style={{ color: diagnosis.severity === 'error' ? 'var(--bad)' : 'var(--wait)' }} />
        <span className="soft">{t(`call.severity.${diagnosis.severity}`)}</span>
        <strong>{text(diagnosis.summary)}</strong>
        <a
          className="mono"
          href={`/docs/diagnosis/${diagnosis.code}${language === 'zh' ? '.zh' : ''}`}
          target="_blank"
          rel="noopener noreferrer"
        >
          {diagnosis.code}
        </a>
      </div>
      <div className="sides">
        <div>
          <div className="soft">{t('call.expected')}</div>
          <div className="code">
            <Marked parts={difference.expected} className="expected" />
          </div>
        </div>
        <div>
          <div className="soft">{t('call.seen')}</div>
          <div className="code">
            <Marked parts={difference.seen} className="seen" />
            {diagnosis.seen === '' && <span className="soft">{t('call.nothingSeen')}</span>}
          </div>
        </div>
      </div>
      <div>
        <ToolOutlined /> <strong>{t('call.fix')}</strong> {text(diagnosis.fix)}
      </div>
      <div className="soft">
        {t('call.reference')} <span className="mono">{diagnosis.reference}</span>
      </div>
    </section>
  );
}

function Marked({ parts, className }: { parts: readonly Part[]; className: string }) {
  return parts.map((part) =>
    part.differs ? (
      <mark key={part.start} className={className}>
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
