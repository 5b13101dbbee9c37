import { SearchOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Paste anything: an order, an instance, a call, a product, a request id. The search page goes straight to a single hit. */
export function GlobalSearch() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  return (
    <search className="header-search">
      <Input
        allowClear
        prefix={<SearchOutlined />}
        value={text}
        maxLength={100}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={() => {
          const q = text.trim();
          if (q === '') return;
          setText('');
          void navigate({ to: '/search', search: { q } });
        }}
        aria-label={t('shell.search')}
        placeholder={t('shell.search')}
        data-testid="global-search"
      />
    </search>
  );
}
