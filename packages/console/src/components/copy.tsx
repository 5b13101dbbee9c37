import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const confirmationMs = 1_500;

/** Copies `text`; `name` says what, for those who do not see the icon. */
export function CopyButton({ text, name }: { text: string; name: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), confirmationMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const label = copied ? t('common.copied') : t('common.copy', { name });
  return (
    <Button
      type="text"
      size="small"
      aria-label={label}
      title={label}
      icon={copied ? <CheckOutlined /> : <CopyOutlined />}
      onClick={() => void copy(text).then(setCopied)}
    />
  );
}

/** An id in monospace with its copy button. */
export function Id({ value, name }: { value: string; name: string }) {
  return (
    <span className="row" style={{ gap: 2 }}>
      <span className="mono">{value}</span>
      <CopyButton text={value} name={name} />
    </span>
  );
}

/** The clipboard exists on https and localhost only; elsewhere the browser's old command still works. */
async function copy(text: string): Promise<boolean> {
  if (navigator.clipboard !== undefined) {
    await navigator.clipboard.writeText(text);
    return true;
  }
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
