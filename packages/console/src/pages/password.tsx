import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { revealPassword } from '../api/endpoints.ts';
import { sessionQuery } from '../api/queries.ts';
import { CopyButton } from '../components/copy.tsx';
import { Failure } from '../components/feedback.tsx';
import { may } from '../shell/areas.ts';

/** Masked until asked for; each reveal is written to the audit log (B-44), and is forgotten when hidden again. */
export function Password({ resourceId }: { resourceId: string }) {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'password.reveal');
  const reveal = useMutation({ mutationFn: () => revealPassword(resourceId), gcTime: 0 });
  const password = reveal.data?.password;
  const label = t(password === undefined ? 'service.reveal' : 'service.hide');
  return (
    <div className="stack stack--tight">
      <span className="row" style={{ gap: 4 }}>
        <span className="mono" data-testid="password">
          {password ?? '••••••••'}
        </span>
        <Button
          type="text"
          size="small"
          icon={password === undefined ? <EyeOutlined /> : <EyeInvisibleOutlined />}
          aria-label={label}
          title={label}
          disabled={!allowed}
          loading={reveal.isPending}
          onClick={() => (password === undefined ? reveal.mutate() : reveal.reset())}
          data-testid="reveal-password"
        />
        {password !== undefined && <CopyButton text={password} name={t('service.password')} />}
      </span>
      <span className="soft">{t(allowed ? 'service.revealAudit' : 'service.revealRole')}</span>
      {reveal.error !== null && <Failure error={reveal.error} />}
    </div>
  );
}
