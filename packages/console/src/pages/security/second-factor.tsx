import type { AccountSecurityView, EnrolmentView } from '@jishi/marketplace/console-api';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { enrolFactor, removeFactor, renewRecoveryCodes } from '../../api/security.ts';
import { CopyButton } from '../../components/copy.tsx';
import { Panel } from '../../components/page.tsx';
import { formatInstant } from '../../format/time.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { Enrolment } from './enrolment.tsx';
import { ProofDialog } from './proof.tsx';

type Step = 'enrol' | 'renew' | 'remove' | null;

/** A code of an authenticator app after the password: set up, its recovery codes, turned off. */
export function SecondFactorPanel({ factor }: { factor: AccountSecurityView['secondFactor'] }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [step, setStep] = useState<Step>(null);
  const [enrolment, setEnrolment] = useState<EnrolmentView | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const close = (): void => setStep(null);
  const show = (made: { readonly codes: readonly string[] }): void => {
    setCodes(made.codes);
    setEnrolment(null);
    close();
  };
  if (codes !== null)
    return (
      <Panel title={t('security.recovery')}>
        <RecoveryCodes
          codes={codes}
          onKept={() => {
            setCodes(null);
            // where it had to be set up, everything else opens now
            void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
          }}
        />
      </Panel>
    );
  return (
    <Panel title={t('security.factor')}>
      <div className="stack">
        {factor.due && <Alert type="warning" showIcon title={t('security.factorDue')} data-testid="factor-due" />}
        <p data-testid="factor-state">
          {factor.since === null
            ? t('security.factorOff')
            : t('security.factorOn', { date: formatInstant(factor.since, language) })}
        </p>
        {factor.since !== null && <p>{t('security.recoveryLeft', { count: factor.recoveryCodesLeft })}</p>}
        {enrolment !== null && <Enrolment enrolment={enrolment} onConfirmed={show} />}
        {factor.since === null && enrolment === null && (
          <div>
            <Button type="primary" onClick={() => setStep('enrol')} data-testid="factor-set-up">
              {t('security.setUp')}
            </Button>
          </div>
        )}
        {factor.since !== null && (
          <div className="row">
            <Button onClick={() => setStep('renew')} data-testid="factor-renew">
              {t('security.renew')}
            </Button>
            <Button danger onClick={() => setStep('remove')} data-testid="factor-remove">
              {t('security.turnOff')}
            </Button>
          </div>
        )}
      </div>
      {step === 'enrol' && (
        <ProofDialog
          title={t('security.setUp')}
          help={t('security.setUpHelp')}
          withCode={false}
          run={({ password }) => enrolFactor(password)}
          onDone={(made) => {
            setEnrolment(made);
            close();
          }}
          onClose={close}
        />
      )}
      {step === 'renew' && (
        <ProofDialog
          title={t('security.renew')}
          help={t('security.renewHelp')}
          withCode
          run={renewRecoveryCodes}
          onDone={show}
          onClose={close}
        />
      )}
      {step === 'remove' && (
        <ProofDialog
          title={t('security.turnOff')}
          help={t('security.turnOffHelp')}
          withCode
          run={removeFactor}
          onDone={() => {
            void message.success(t('security.turnedOff'));
            void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
            close();
          }}
          onClose={close}
        />
      )}
    </Panel>
  );
}

function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="stack" data-testid="recovery-codes">
      <Alert type="warning" showIcon title={t('security.recoveryHelp')} />
      <ul className="mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="row">
        <CopyButton text={codes.join('\n')} name={t('security.recovery')} />
        <Button type="primary" onClick={onKept} data-testid="recovery-kept">
          {t('security.recoveryKept')}
        </Button>
      </div>
    </div>
  );
}
