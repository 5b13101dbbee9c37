import { DownloadOutlined } from '@ant-design/icons';
import type { DownloadLinkView, FileRefView } from '@jishi/marketplace/console-api';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../components/command.ts';
import { CopyButton } from '../../components/copy.tsx';
import { formatBytes } from '../../format/bytes.ts';
import { usePreferences } from '../../shell/preferences.tsx';

interface DeliveredFileProps {
  readonly file: FileRefView;
  /** makes the signed link; null = this reader may not have it now */
  readonly link: (() => Promise<DownloadLinkView>) | null;
}

/** A file that is had by a signed link, made when it is asked for; with its checksum, so that it can be compared. */
export function DeliveredFile({ file, link }: DeliveredFileProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const download = useCommand({
    run: async (make: () => Promise<DownloadLinkView>) => make(),
    refresh: [],
    onDone: ({ url, name }) => follow(url, name),
  });
  return (
    <span className="row" style={{ gap: 6, flexWrap: 'wrap' }} data-testid="delivered-file">
      {link === null ? (
        <span>{file.name}</span>
      ) : (
        <Button
          size="small"
          icon={<DownloadOutlined />}
          loading={download.isPending}
          onClick={() => download.mutate(link)}
          data-testid="download"
          style={{ maxWidth: '100%', whiteSpace: 'normal', height: 'auto', minHeight: 28, overflowWrap: 'anywhere' }}
        >
          {file.name}
        </Button>
      )}
      <span className="soft num">{formatBytes(file.size, language)}</span>
      <span className="soft row" style={{ gap: 2 }}>
        <abbr title={t('file.checksumHelp')}>SHA-256</abbr> <span className="mono">{file.sha256.slice(0, 12)}…</span>
        <CopyButton text={file.sha256} name={t('file.checksum')} />
      </span>
    </span>
  );
}

/** The browser downloads what a link with this attribute points to. */
function follow(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}
