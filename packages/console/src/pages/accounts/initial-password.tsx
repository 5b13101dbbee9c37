import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../components/copy.tsx';

/** The password of a new account, shown once: nobody can read it again (E-13). */
export function InitialPassword({ loginName, password }: { loginName: string; password: string }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="success"
      showIcon
      data-testid="initial-password"
      title={t('members.initial', { loginName })}
      description={
        <>
          <span className="mono" data-testid="initial-password-text">
            {password}
          </span>{' '}
          <CopyButton text={password} name={t('members.password')} />
          <p>{t('members.initialHelp')}</p>
        </>
      }
    />
  );
}
