import type { CodeSentView } from '@jishi/marketplace/console-api';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../components/command.ts';

interface CodeFieldProps {
  readonly to: Pick<CodeSentView, 'channel' | 'address'>;
  readonly send: () => Promise<CodeSentView>;
  readonly value: string;
  readonly onChange: (value: string) => void;
}
export const isCode = (text: string): boolean => /^\d{6}$/.test(text.trim());

/** The code that confirms an administrator's step (E-7, E-13): sent on demand, typed in. */
export function CodeField({ to, send, value, onChange }: CodeFieldProps) {
  const { t } = useTranslation();
  const sending = useCommand({ run: send, refresh: [], done: t('people.code.sent') });
  return (
    <div className="stack stack--tight">
      <span>{t('people.code.help', { address: to.address })}</span>
      <div className="row">
        <Input
          value={value}
          onChange={({ target }) => onChange(target.value)}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          style={{ width: 120 }}
          aria-label={t('people.code.label')}
          data-testid="code"
        />
        <Button loading={sending.isPending} onClick={() => sending.mutate(undefined)} data-testid="send-code">
          {t('people.code.send')}
        </Button>
      </div>
    </div>
  );
}
