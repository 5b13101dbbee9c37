import { DownloadOutlined } from '@ant-design/icons';
import type { FileRefView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { fileUrl } from '../api/files.ts';
import { formatBytes } from '../format/bytes.ts';
import { usePreferences } from '../shell/preferences.tsx';
import { CopyButton } from './copy.tsx';

interface FileLinkProps {
  readonly file: FileRefView;
  /** a signed link where the file is another's; absent = one's own or a public one */
  readonly url?: string;
  readonly testId?: string;
}

/** A kept file: its name downloads it, size and checksum stand beside, so that who got it can compare. */
export function FileLink({ file, url, testId }: FileLinkProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <span className="file-link" data-testid={testId ?? 'file-link'}>
      <a href={url ?? fileUrl(file.fileId)} download={file.name}>
        <DownloadOutlined aria-hidden /> {file.name}
      </a>{' '}
      <span className="soft num">{formatBytes(file.size, language)}</span>{' '}
      <span className="soft row" style={{ gap: 2 }}>
        <abbr title={t('file.checksumHelp')}>SHA-256</abbr> <span className="mono">{file.sha256.slice(0, 12)}…</span>
        <CopyButton text={file.sha256} name={t('file.checksum')} />
      </span>
    </span>
  );
}
