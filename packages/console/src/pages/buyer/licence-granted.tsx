import type { LicenceApplicationView, LicenceContentView } from '@jishi/marketplace/console-api';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { revealLicence } from '../../api/licences.ts';
import { useCommand } from '../../components/command.ts';
import { Id } from '../../components/copy.tsx';

/** A text is shown, a file downloaded; each look is audited (L8). */
export function GrantedLicence({ application: { eventId, licence } }: { application: LicenceApplicationView }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const show = ({ text, bytes, fileName }: LicenceContentView): void => {
    if (bytes !== null) download(bytes, fileName ?? t('licence.quota.file'));
    else
      void modal.info({
        title: t('licence.quota.licence'),
        width: 560,
        content: (
          <div className="stack stack--tight" data-testid="licence-text">
            <Id value={text ?? ''} name={t('licence.quota.licence')} />
            <p className="soft">{t('licence.audit')}</p>
          </div>
        ),
      });
  };
  const reveal = useCommand({ run: revealLicence, refresh: [], onDone: show });
  return (
    <Button size="small" loading={reveal.isPending} onClick={() => reveal.mutate(eventId)} data-testid="licence-view">
      {licence?.kind === 'FILE'
        ? t('licence.quota.download', { name: licence.fileName ?? t('licence.quota.file') })
        : t('licence.quota.view')}
    </Button>
  );
}

function download(base64: string, name: string): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes]));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
