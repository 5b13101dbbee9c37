import type { FileRefView } from '@jishi/marketplace/console-api';
import { Button, Input, Rate } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileUploads } from '../../components/file-upload.tsx';

export interface Written {
  readonly stars: number;
  readonly text: string;
  readonly pictures: string[];
}
interface ReviewFormProps {
  readonly stars?: number;
  readonly text?: string;
  /** pictures that the review has already */
  readonly kept?: readonly string[];
  readonly busy: boolean;
  readonly onSend: (written: Written) => void;
  readonly onClose: () => void;
}
const longest = 500;
const mostPictures = 5;

/** Stars, text, pictures (12.3); the first fault has the focus. */
export function ReviewForm({ busy, onSend, onClose, kept = [], ...given }: ReviewFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const [stars, setStars] = useState(given.stars ?? 0);
  const [text, setText] = useState(given.text ?? '');
  const [files, setFiles] = useState<FileRefView[]>([]);
  const [tried, setTried] = useState(false);
  const noStars = tried && stars === 0;
  const noText = tried && text.trim() === '';
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (stars === 0) return;
    if (text.trim() === '') document.getElementById(id)?.focus();
    else onSend({ stars, text: text.trim(), pictures: [...kept, ...files.map(({ fileId }) => fileId)] });
  };
  return (
    <form className="stack" onSubmit={send} data-testid="review-form">
      <fieldset className="field">
        <legend>{t('opinions.rate')}</legend>
        <Rate
          value={stars}
          onChange={setStars}
          tooltips={[1, 2, 3, 4, 5].map((each) => t('opinions.stars', { stars: each }))}
        />
        {noStars && (
          <span role="alert" className="fault">
            {t('opinions.rateMissing')}
          </span>
        )}
      </fieldset>
      <div className="field">
        <label htmlFor={id}>{t('opinions.text')}</label>
        <Input.TextArea
          id={id}
          value={text}
          maxLength={longest}
          showCount
          autoSize={{ minRows: 3, maxRows: 10 }}
          status={noText ? 'error' : ''}
          aria-describedby={`${id}-rule`}
          onChange={(event) => setText(event.target.value)}
          data-testid="review-text"
        />
        <span id={`${id}-rule`} role={noText ? 'alert' : undefined} className={noText ? 'fault' : 'soft'}>
          {t(noText ? 'opinions.textMissing' : 'opinions.textRule')}
        </span>
      </div>
      <FileUploads
        purpose="REVIEW_PICTURE"
        label={t('opinions.pictures')}
        value={files}
        most={mostPictures - kept.length}
        onChange={setFiles}
      />
      <div className="row">
        <Button htmlType="submit" type="primary" loading={busy} data-testid="publish-review">
          {t('opinions.publish')}
        </Button>
        <Button onClick={onClose}>{t('opinions.cancel')}</Button>
      </div>
    </form>
  );
}
