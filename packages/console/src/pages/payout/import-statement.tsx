import { UploadOutlined } from '@ant-design/icons';
import type { StatementResult } from '@jishi/marketplace/console-api';
import { Alert, Button } from 'antd';
import { type ChangeEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { importStatement } from '../../api/payout.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { useText } from '../../i18n/text.ts';
import { base64Of } from './base64.ts';

/** larger ones are refused by the server too; here before they are sent */
const mostBytes = 5 * 1_048_576;

/** Chooses a statement and takes it in at once: with a fault nothing of it is kept, so nothing can go wrong by it. */
export function ImportStatement() {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [result, setResult] = useState<StatementResult | null>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const take = useCommand({
    run: async (file: File) => importStatement(file.name, base64Of(new Uint8Array(await file.arrayBuffer()))),
    refresh: ['settlement'],
    onDone: setResult,
    onFailed: () => true,
  });
  const choose = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    const file = target.files?.[0];
    // the same file may be chosen again after it was mended
    target.value = '';
    if (file === undefined) return;
    setResult(null);
    setTooLarge(file.size > mostBytes);
    if (file.size <= mostBytes) take.mutate(file);
  };
  return (
    <div className="stack">
      <p className="soft">{t('payout.statements.formats')}</p>
      <div>
        <input
          ref={input}
          type="file"
          accept=".xml,.csv,.txt"
          className="visually-hidden"
          aria-label={t('payout.statements.choose')}
          tabIndex={-1}
          onChange={choose}
          data-testid="statement-file"
        />
        <Button icon={<UploadOutlined />} loading={take.isPending} onClick={() => input.current?.click()}>
          {t('payout.statements.choose')}
        </Button>
      </div>
      {tooLarge && <Alert type="error" showIcon role="alert" title={t('payout.statements.tooLarge')} />}
      {take.error != null && <Failure error={take.error} />}
      {result !== null && <Result result={result} />}
    </div>
  );
}

function Result({ result: { faults, done } }: { result: StatementResult }) {
  const { t } = useTranslation();
  const text = useText();
  if (done !== null)
    return (
      <div data-testid="statement-done">
        <Alert
          type="info"
          showIcon
          role="status"
          title={t(done.repeated ? 'payout.statements.repeated' : 'payout.statements.taken', {
            entries: done.entries,
            known: done.known,
            paid: done.paid,
            returned: done.returned,
          })}
        />
      </div>
    );
  return (
    <div data-testid="statement-faults">
      <Alert
        type="error"
        showIcon
        role="alert"
        title={t('payout.statements.refused', { count: faults.length })}
        description={
          <ul>
            {faults.map((fault) => (
              <li key={`${fault.place} ${fault.rule}`}>
                <span className="mono">{fault.place}</span>: {text(fault.text)}
                {fault.seen !== '' && <span className="mono"> ({fault.seen})</span>}
              </li>
            ))}
          </ul>
        }
      />
    </div>
  );
}
