import type { ScenarioResult } from '@jishi/marketplace/console-api';
import { Link } from '@tanstack/react-router';
import { Button, Input, Upload } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readScenario, runScenario } from '../../api/sandbox.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { Marked } from '../../components/outcome.tsx';
import { Panel } from '../../components/page.tsx';
import { Instant } from '../../components/values.tsx';

/** What was done here as a file that plays it again, here or by `jishi sandbox run`. */
export function ScenarioFile() {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const read = useCommand({ run: readScenario, refresh: [], onDone: (file) => setText(file.text) });
  const run = useCommand({ run: runScenario, refresh: [], onFailed: () => true });
  return (
    <Panel title={t('sandbox.scenarioFile')}>
      <div className="stack">
        <p className="soft">{t('sandbox.scenarioHelp')}</p>
        <div className="row">
          <Button loading={read.isPending} onClick={() => read.mutate(undefined)} data-testid="scenario-read">
            {t('sandbox.scenarioRead')}
          </Button>
          <Upload
            accept=".yaml,.yml"
            showUploadList={false}
            beforeUpload={(file) => {
              void file.text().then(setText);
              return false;
            }}
          >
            <Button>{t('sandbox.scenarioOpen')}</Button>
          </Upload>
          <Button disabled={text === ''} onClick={() => save(text)} data-testid="scenario-save">
            {t('sandbox.scenarioSave')}
          </Button>
        </div>
        <div className="filter">
          <label htmlFor={id}>{t('sandbox.scenarioText')}</label>
          <Input.TextArea
            id={id}
            className="mono"
            value={text}
            onChange={(event) => setText(event.target.value)}
            autoSize={{ minRows: 4, maxRows: 24 }}
            spellCheck={false}
            data-testid="scenario-text"
          />
        </div>
        <div className="row">
          <Button
            disabled={text.trim() === ''}
            loading={run.isPending}
            onClick={() => run.mutate(text)}
            data-testid="scenario-run"
          >
            {t('sandbox.scenarioRun')}
          </Button>
          <span className="soft">{t('sandbox.scenarioRunHelp')}</span>
        </div>
        {run.error != null && <Failure error={run.error} />}
        {run.data !== undefined && !run.isPending && <Result result={run.data} />}
      </div>
    </Panel>
  );
}

function Result({ result }: { result: ScenarioResult }) {
  const { t } = useTranslation();
  return (
    <div className="stack stack--tight" role="status" data-testid="scenario-result" data-ok={result.ok}>
      <Marked mark={result.ok ? 'ok' : 'bad'}>{t(result.ok ? 'sandbox.scenarioOk' : 'sandbox.scenarioFailed')}</Marked>
      <ol className="due-list">
        {result.steps.map((step) => (
          <li key={step.step} data-testid="scenario-step" data-ok={step.ok}>
            <Marked mark={step.ok ? 'ok' : 'bad'}>{step.step}</Marked>
            <span>
              <span className="mono">{step.title}</span>
              <br />
              <span className="soft row">
                <Instant at={step.at} exact />
                {step.exchanges.map((exchangeId) => (
                  <Link
                    key={exchangeId}
                    className="step-call"
                    to="/sandbox/exchanges/$exchangeId"
                    params={{ exchangeId }}
                  >
                    #{exchangeId}
                  </Link>
                ))}
              </span>
              {step.error !== undefined && <span className="fault">{step.error}</span>}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function save(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'scenario.yaml';
  link.click();
  URL.revokeObjectURL(url);
}
