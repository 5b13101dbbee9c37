import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { revealSellerCode } from '../../api/licences.ts';
import { useCommand } from '../../components/command.ts';
import { Id } from '../../components/copy.tsx';

/** Shows a code in a dialog that is closed by its reader; each look is audited (L8). */
export function useShownCode(): (text: string) => void {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  return (text) =>
    void modal.info({
      title: t('licence.codes.shown'),
      width: 520,
      content: (
        <div className="stack stack--tight" data-testid="code-text">
          <Id value={text} name={t('licence.code')} />
          <p className="soft">{t('licence.audit')}</p>
        </div>
      ),
    });
}

export function ViewCode({ codeId }: { codeId: string }) {
  const { t } = useTranslation();
  const show = useShownCode();
  const reveal = useCommand({ run: revealSellerCode, refresh: [], onDone: ({ text }) => show(text) });
  return (
    <Button size="small" loading={reveal.isPending} onClick={() => reveal.mutate(codeId)} data-testid="code-view">
      {t('licence.codes.view')}
    </Button>
  );
}
