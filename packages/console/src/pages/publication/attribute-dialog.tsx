import { Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { defineAttribute } from '../../api/publication.ts';
import type { AttributeDefinitionView } from '../../api/publication-types.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';

interface NewAttributeProps {
  readonly taken: readonly string[];
  readonly onClose: () => void;
  readonly onDefined: (attribute: AttributeDefinitionView) => void;
}

const codeRule = /^[A-Za-z][A-Za-z0-9_]{0,31}$/;

/** Defines an attribute of the seller's own (C6); products carry a copy of it (C12). */
export function NewAttribute({ taken, onClose, onDefined }: NewAttributeProps) {
  const { t } = useTranslation();
  const id = useId();
  const [code, setCode] = useState('');
  const [name, setName] = useState({ zh: '', en: '' });
  const [tried, setTried] = useState(false);
  const define = useCommand({
    run: () =>
      defineAttribute({
        type: 'ENUMERATION',
        code: code.trim(),
        name: { zh: name.zh.trim(), en: name.en.trim() },
        description: '',
      }),
    refresh: ['publication-form'],
    onDone: onDefined,
    onFailed: () => true,
  });
  const wrong = {
    code: !codeRule.test(code.trim()) || taken.includes(code.trim()),
    zh: name.zh.trim() === '',
    en: name.en.trim() === '',
  };
  const confirm = (): void => {
    setTried(true);
    const first = (['code', 'zh', 'en'] as const).find((field) => wrong[field]);
    if (first === undefined) define.mutate(undefined);
    else document.getElementById(`${id}-${first}`)?.focus();
  };
  const field = (key: 'code' | 'zh' | 'en', label: string, value: string, put: (text: string) => void) => (
    <div className="editor-field">
      <label htmlFor={`${id}-${key}`}>{label}</label>
      <Input
        id={`${id}-${key}`}
        value={value}
        maxLength={64}
        status={tried && wrong[key] ? 'error' : ''}
        aria-invalid={tried && wrong[key]}
        onChange={(event) => put(event.target.value)}
        onPressEnter={confirm}
        data-testid={`attribute-${key}`}
      />
    </div>
  );
  return (
    <Modal
      open
      title={t('publication.defineAttribute')}
      okText={t('publication.add')}
      okButtonProps={{ 'data-testid': 'attribute-confirm' }}
      confirmLoading={define.isPending}
      onOk={confirm}
      onCancel={onClose}
    >
      <div className="stack">
        {field('code', t('publication.attributeCode'), code, setCode)}
        <span className={tried && wrong.code ? 'fault' : 'soft'}>{t('publication.attributeCodeRule')}</span>
        {field('zh', t('publication.attributeNameZh'), name.zh, (zh) => setName({ ...name, zh }))}
        {field('en', t('publication.attributeNameEn'), name.en, (en) => setName({ ...name, en }))}
        <span className="soft">{t('publication.attributePreset')}</span>
        {define.error != null && <Failure error={define.error} />}
      </div>
    </Modal>
  );
}
