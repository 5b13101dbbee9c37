import type { DebugInputView } from '@jishi/marketplace/console-api';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { generateRequest, startDebugging } from '../../api/debugging.ts';
import { useCommand } from '../../components/command.ts';
import { CopyButton } from '../../components/copy.tsx';
import { draftOf } from '../../components/draft.ts';
import { DebuggingOutcome } from './debugging-outcome.tsx';
import { type InterfaceForm, inputOf, isPath, presetsOf, type Target } from './debugging-values.ts';

interface FormProps {
  readonly goodsId: string;
  readonly protocol: string;
  readonly form: InterfaceForm;
  readonly target: Target | null;
}

/** The parameters of one interface; what was typed survives a reload in this tab. */
export function DebuggingForm({ goodsId, protocol, form, target }: FormProps) {
  const { t } = useTranslation();
  const [fields] = Form.useForm<Record<string, string>>();
  const draft = draftOf(`debug.${protocol}.${form.activity}`);
  const presets = presetsOf(form);
  const [runId, setRunId] = useState<string>();
  const generate = useCommand({
    run: (input: DebugInputView) => generateRequest(goodsId, input),
    refresh: [],
    onDone: () => setRunId(undefined),
  });
  const debug = useCommand({
    run: (input: DebugInputView) => startDebugging(goodsId, input),
    refresh: [],
    onDone: (run) => {
      generate.reset();
      setRunId(run.runId);
    },
  });
  const targetFits = target === null || isPath(target.path);
  const checked = async (act: (input: DebugInputView) => void): Promise<void> => {
    const values = await fields.validateFields().catch(() => null);
    if (values !== null && targetFits) act(inputOf(form, values, target));
  };
  return (
    <div className="stack">
      <p className="soft">{t('debug.presetHelp')}</p>
      <Form
        form={fields}
        name={`debug-${form.activity}`}
        layout="vertical"
        initialValues={{ ...presets, ...draft.values }}
        onValuesChange={(_, values) => draft.keep(values)}
        scrollToFirstError={{ focus: true }}
      >
        <div className="filters" style={{ alignItems: 'start' }}>
          {form.fields.map((field) => (
            <Form.Item
              key={field.name}
              name={field.name}
              label={<span className="mono">{field.name}</span>}
              style={{ marginBottom: 8 }}
              extra={field.sentEmpty ? t('debug.sentEmpty') : undefined}
              rules={[
                {
                  required: field.required,
                  whitespace: field.required,
                  message: t('debug.requiredField', { name: field.name }),
                },
              ]}
            >
              {field.choices === null ? (
                <Input maxLength={field.maximum} autoComplete="off" data-testid={`field-${field.name}`} />
              ) : (
                <Select
                  options={field.choices.map((value) => ({ value, label: value === '' ? t('debug.absent') : value }))}
                  data-testid={`field-${field.name}`}
                />
              )}
            </Form.Item>
          ))}
        </div>
      </Form>
      <div className="row">
        <Button
          type="primary"
          loading={debug.isPending}
          onClick={() => void checked(debug.mutate)}
          data-testid="debug-run"
        >
          {t('debug.run')}
        </Button>
        <Button loading={generate.isPending} onClick={() => void checked(generate.mutate)} data-testid="debug-generate">
          {t('debug.generate')}
        </Button>
        <Button
          type="text"
          onClick={() => {
            draft.forget();
            fields.setFieldsValue(presets);
          }}
        >
          {t('debug.reset')}
        </Button>
      </div>
      {generate.data !== undefined && <Curl text={generate.data.curl} />}
      {runId !== undefined && <DebuggingOutcome key={runId} runId={runId} goodsId={goodsId} saved />}
    </div>
  );
}

function Curl({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <section className="stack stack--tight" aria-label={t('debug.curl')}>
      <div className="row">
        <h3>{t('debug.curl')}</h3>
        <CopyButton text={text} name={t('debug.curl')} />
        <span className="soft">{t('debug.curlHelp')}</span>
      </div>
      <pre className="code" data-testid="curl">
        {text}
      </pre>
    </section>
  );
}
