import type { FileRefView, OrderDeliveryView } from '@jishi/marketplace/console-api';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { submitRequirement } from '../../api/deliveries.ts';
import { useCommand } from '../../components/command.ts';
import { FileUploads } from '../../components/file-upload.tsx';

/** S-40, L35: the buyer says what it needs, in words, in files, or both; of a licence by identification code its code (B-96). */
export function RequirementForm({ delivery }: { delivery: OrderDeliveryView }) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const [files, setFiles] = useState<readonly FileRefView[]>([]);
  const [tried, setTried] = useState(false);
  const empty = text.trim() === '' && files.length === 0;
  const coded = delivery.supervision?.step === 'WAIT_CODE_INPUT';
  const words = coded ? 'supervision.code' : 'handover.requirement';
  const submit = useCommand({
    run: (systemCode: boolean) =>
      submitRequirement(delivery.deliveryId, {
        text: text.trim(),
        fileIds: files.map(({ fileId }) => fileId),
        systemCode,
      }),
    refresh: ['deliveries'],
    done: t('handover.requirement.done'),
  });
  const send = (): void => {
    setTried(true);
    if (empty) document.getElementById(id)?.focus();
    else submit.mutate(false);
  };
  return (
    <div className="stack" data-testid="requirement-form">
      <p className="soft">{t(`${words}.help`)}</p>
      <div className="filter">
        <label htmlFor={id}>{t(`${words}.text`)}</label>
        <Input.TextArea
          id={id}
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={4_000}
          autoSize={{ minRows: coded ? 1 : 3, maxRows: 12 }}
          aria-invalid={tried && empty}
          status={tried && empty ? 'error' : ''}
          data-testid="requirement-text"
        />
        {tried && empty && (
          <span role="alert" className="fault">
            {t(`${words}.rule`)}
          </span>
        )}
      </div>
      {!coded && (
        <FileUploads
          purpose="REQUIREMENT"
          label={t('handover.requirement.files')}
          value={files}
          most={10}
          onChange={setFiles}
        />
      )}
      <span className="row">
        <Button loading={submit.isPending} onClick={send} data-testid="submit-requirement">
          {t(`${words}.submit`)}
        </Button>
        {coded && (
          <Button loading={submit.isPending} onClick={() => submit.mutate(true)} data-testid="system-code">
            {t('supervision.code.system')}
          </Button>
        )}
      </span>
    </div>
  );
}
