import type { RefundQuoteView } from '@jishi/marketplace/console-api';
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { sendRefundCode } from '../../api/subscriptions.ts';
import { Failure } from '../../components/feedback.tsx';
import { formatInstant } from '../../format/time.ts';
import { usePreferences } from '../../shell/preferences.tsx';

export const isCode = (text: string): boolean => /^\d{6}$/.test(text.trim());

interface RefundCodeProps {
  readonly resourceId: string;
  readonly to: NonNullable<RefundQuoteView['codeTo']>;
  readonly value: string;
  readonly onChange: (code: string) => void;
}

/** The code that the account itself gets before a service and its data go (B-81). */
export function RefundCode({ resourceId, to, value, onChange }: RefundCodeProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const ids = { code: useId(), help: useId() };
  const send = useMutation({ mutationFn: () => sendRefundCode(resourceId) });
  const sent = send.data;
  return (
    <div className="field">
      <label className="label" htmlFor={ids.code}>
        {t('refund.code')}
      </label>
      <div className="row">
        <Input
          id={ids.code}
          value={value}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          style={{ width: 140 }}
          aria-describedby={ids.help}
          onChange={(event) => onChange(event.target.value.trim())}
          data-testid="refund-code"
        />
        <Button onClick={() => send.mutate()} loading={send.isPending} data-testid="send-refund-code">
          {t(sent === undefined ? 'refund.sendCode' : 'refund.sendCodeAgain')}
        </Button>
      </div>
      <span id={ids.help} className="soft" role="status" data-testid="refund-code-help" data-sent={sent !== undefined}>
        {sent === undefined
          ? t('refund.codeHelp', { address: to.address })
          : t('refund.codeSent', { address: sent.address, until: formatInstant(sent.expiresAt, language) })}
      </span>
      {send.error !== null && <Failure error={send.error} />}
    </div>
  );
}
