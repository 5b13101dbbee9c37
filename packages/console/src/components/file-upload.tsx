import { UploadOutlined } from '@ant-design/icons';
import type { FilePurposeView, FileRefView, FileRulesView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Progress } from 'antd';
import { type DragEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { filePurposesQuery, uploadFile } from '../api/files.ts';
import { sessionQuery } from '../api/queries.ts';
import { formatBytes } from '../format/bytes.ts';
import { usePreferences } from '../shell/preferences.tsx';
import { useFileFault } from './file-fault.ts';
import { FileLink } from './file-link.tsx';
import { acceptOf, earlyFault, kindNames } from './file-rules.ts';

interface FileUploadProps {
  readonly purpose: FilePurposeView;
  /** names the field; the rules stand below it by themselves */
  readonly label: string;
  readonly value: FileRefView | null;
  readonly onChange: (file: FileRefView | null) => void;
  readonly disabled?: boolean;
  readonly testId?: string;
}

/** One file: chosen by button or dropped, sent at once, shown with its checksum; can be replaced or taken away. */
export function FileUpload({ value, onChange, ...field }: FileUploadProps) {
  return (
    <FileUploads
      {...field}
      value={value === null ? [] : [value]}
      most={1}
      onChange={(files) => onChange(files[0] ?? null)}
    />
  );
}

interface FileUploadsProps extends Omit<FileUploadProps, 'value' | 'onChange'> {
  readonly value: readonly FileRefView[];
  readonly most: number;
  readonly onChange: (files: FileRefView[]) => void;
}

/** Several files of one purpose, one after the other. */
export function FileUploads({ purpose, label, value, most, onChange, disabled, testId }: FileUploadsProps) {
  const { t } = useTranslation();
  const rules = useQuery(filePurposesQuery).data?.items.find((each) => each.purpose === purpose);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const upload = useUpload(purpose, rules, (file) => onChange([...value, file]));
  const closed = disabled === true || upload.running !== null || value.length >= most;
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (!closed && file !== undefined) upload.begin(file);
  };
  return (
    // dropping is a short cut for the mouse; the button inside does the same
    <fieldset
      className="file-upload"
      aria-describedby={`${id}-rules`}
      data-testid={testId ?? `upload-${purpose}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!closed);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <legend>{label}</legend>
      <ul className="file-list">
        {value.map((file) => (
          <li key={file.fileId} className="row">
            <FileLink file={file} />
            <Button
              size="small"
              disabled={disabled === true}
              onClick={() => onChange(value.filter((each) => each.fileId !== file.fileId))}
              aria-label={t('file.removeOne', { name: file.name })}
            >
              {t('file.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {value.length < most && (
        <div className={over ? 'file-drop file-drop--over' : 'file-drop'}>
          <Button icon={<UploadOutlined />} disabled={closed} onClick={() => input.current?.click()}>
            {t('file.choose')}
          </Button>
          <span className="soft">{t('file.orDrop')}</span>
          <input
            ref={input}
            type="file"
            className="visually-hidden"
            tabIndex={-1}
            aria-label={label}
            accept={rules === undefined ? '' : acceptOf(rules)}
            disabled={closed}
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file !== undefined) upload.begin(file);
            }}
          />
        </div>
      )}
      {upload.running !== null && <Running {...upload.running} onStop={upload.stop} />}
      {upload.fault !== null && (
        <Alert type="error" showIcon role="alert" title={upload.fault} data-testid="file-fault" />
      )}
      <p id={`${id}-rules`} className="soft">
        {rules !== undefined && <RuleWords rules={rules} most={most} />}
      </p>
    </fieldset>
  );
}

interface Sending {
  readonly name: string;
  readonly sent: number;
  readonly size: number;
}

function useUpload(
  purpose: FilePurposeView,
  rules: FileRulesView | undefined,
  onDone: (file: FileRefView) => void,
): { running: Sending | null; fault: string | null; begin(file: File): void; stop(): void } {
  const { t } = useTranslation();
  const faultText = useFileFault();
  const session = useQuery(sessionQuery).data;
  const [running, setRunning] = useState<Sending | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const given = useRef<AbortController | null>(null);
  useEffect(() => () => given.current?.abort(), []);
  const send = async (file: File): Promise<void> => {
    const controller = new AbortController();
    given.current = controller;
    const of = { name: file.name, size: file.size };
    setRunning({ ...of, sent: 0 });
    try {
      const onProgress = (sent: number): void => setRunning({ ...of, sent: Math.min(sent, file.size) });
      const csrfToken = session?.csrfToken ?? '';
      const { signal } = controller;
      onDone(await uploadFile({ purpose, file, csrfToken, onProgress, signal }));
    } catch (error) {
      if (!controller.signal.aborted) setFault(faultText(error));
    } finally {
      setRunning(null);
    }
  };
  return {
    running,
    fault,
    begin(file) {
      const early = rules === undefined ? null : earlyFault(rules, file);
      setFault(early === null ? null : t(`file.fault.${early}`));
      if (early === null) void send(file);
    },
    stop: () => given.current?.abort(),
  };
}

function Running({ name, sent, size, onStop }: Sending & { onStop: () => void }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const percent = Math.floor((sent / Math.max(1, size)) * 100);
  return (
    <div className="stack stack--tight" role="status" data-testid="file-progress">
      <span>
        {sent < size
          ? t('file.sending', { name, sent: formatBytes(sent, language), size: formatBytes(size, language) })
          : t('file.checking', { name })}
      </span>
      <div className="row">
        <Progress percent={percent} size="small" style={{ flex: 1 }} aria-label={name} />
        <Button size="small" onClick={onStop}>
          {t('file.stop')}
        </Button>
      </div>
    </div>
  );
}

/** What may be chosen, said before somebody chooses. */
function RuleWords({ rules, most }: { rules: FileRulesView; most: number }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { picture } = rules;
  const kinds = rules.kinds.includes('other') ? t('file.anyKind') : kindNames(rules);
  const words = [t('file.rule', { kinds, size: formatBytes(rules.maximumBytes, language) })];
  if (picture !== null) {
    const [low, high] = [picture.minimumWidth, picture.maximumWidth];
    words.push(
      picture.maximumHeight === null
        ? t('file.pictureFrom', { low, high, height: picture.minimumHeight })
        : t('file.picture', { width: high, height: picture.maximumHeight }),
    );
  }
  if (most > 1) words.push(t('file.most', { most }));
  return words.join(t('file.and'));
}
