import type { FileRefView, OrderDeliveryView } from '@jishi/marketplace/console-api';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { submitRequirement } from '../../api/deliveries.ts';
import { useCommand } from '../../components/command.ts';
import { FileUploads } from '../../components/file-upload.tsx';

/** S-40, L35: the buyer says once what it needs, in words, in files, or both. */
export function RequirementForm({ delivery }: { delivery: OrderDeliveryView }) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const [files, setFiles] = useState<readonly FileRefView[]>([]);
  const [tried, setTried] = useState(false);
  const empty = text.trim() === '' && files.length === 0;
  const submit = useCommand({
    run: () =>
      submitRequirement(delivery.deliveryId, { text: text.trim(), fileIds: files.map(({ fileId }) => fileId) }),
    refresh: ['deliveries'],
    done: t('handover.requirement.done'),
  });
  const send = (): void => {
    setTried(true);
    if (empty) document.getElementById(id)?.focus();
    else submit.mutate(undefined);
  };
  return (
    <div className="stack" data-testid="requirement-form">
      <p className="soft">{t('handover.requirement.help')}</p>
      <div className="filter">
        <label htmlFor={id}>{t('handover.requirement.text')}</label>
        <Input.TextArea
          id={id}
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={4_000}
          autoSize={{ minRows: 3, maxRows: 12 }}
          aria-invalid={tried && empty}
          status={tried && empty ? 'error' : ''}
          data-testid="requirement-text"
        />
        {tried && empty && (
          <span role="alert" className="fault">
            {t('handover.requirement.rule')}
          </span>
        )}
      </div>
      <FileUploads
        purpose="REQUIREMENT"
        label={t('handover.requirement.files')}
        value={files}
        most={10}
        onChange={setFiles}
      />
      <span>
        <Button loading={submit.isPending} onClick={send} data-testid="submit-requirement">
          {t('handover.requirement.submit')}
        </Button>
      </span>
    </div>
  );
}
