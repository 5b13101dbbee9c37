import type { DepartmentInput, DepartmentsView, EnterpriseView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeDepartment, createDepartment, departmentsQuery, removeDepartment } from '../../api/enterprise.ts';
import { useCommand } from '../../components/command.ts';
import { Failure, Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { useSearchChange } from '../../components/pager.tsx';
import { DepartmentChoice } from './department-choice.tsx';

interface DepartmentsProps {
  readonly enterprise: EnterpriseView;
  /** the department that is open; undefined = the top */
  readonly code: string | undefined;
}

/** The tree level by level: where one is, what is below, and what can be done here. */
export function Departments({ enterprise, code }: DepartmentsProps) {
  const { t } = useTranslation();
  const found = useQuery(departmentsQuery(enterprise.enterpriseId, { parent: code }));
  return (
    <Panel title={t('people.department.title')}>
      <Loaded query={found}>{(data) => <Level enterprise={enterprise} found={data} />}</Loaded>
    </Panel>
  );
}

function Level({ enterprise, found }: { enterprise: EnterpriseView; found: DepartmentsView }) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const open = (code: string | undefined): void => change({ department: code, cursor: undefined });
  const self = found.path.at(-1);
  return (
    <div className="stack">
      <nav aria-label={t('people.department.path')} className="row">
        <Button type="link" onClick={() => open(undefined)} data-testid="department-top">
          {t('people.department.all')}
        </Button>
        {found.path.map(({ code, name }) => (
          <Button key={code} type="link" onClick={() => open(code)} aria-current={code === self?.code}>
            {`› ${name}`}
          </Button>
        ))}
      </nav>
      {found.items.length === 0 ? (
        <p className="soft">{t('people.department.none')}</p>
      ) : (
        <ul className="row" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
          {found.items.map(({ code, name, members }) => (
            <li key={code}>
              <Button onClick={() => open(code)} data-testid="department" data-row={code}>
                {name} <span className="soft num">{t('people.department.counts', { members })}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Tools enterprise={enterprise} self={self ?? null} onRemoved={() => open(self?.parentCode ?? undefined)} />
    </div>
  );
}

interface ToolsProps {
  readonly enterprise: EnterpriseView;
  readonly self: DepartmentInput | null;
  readonly onRemoved: () => void;
}

function Tools({ enterprise, self, onRemoved }: ToolsProps) {
  const { t } = useTranslation();
  const { enterpriseId } = enterprise;
  const [dialog, setDialog] = useState<'add' | 'edit' | 'remove' | null>(null);
  const close = (): void => setDialog(null);
  const remove = useCommand({
    run: () => removeDepartment(enterpriseId, self?.code ?? ''),
    refresh: ['enterprises', enterpriseId],
    done: t('people.removed'),
    onDone: () => {
      close();
      onRemoved();
    },
  });
  const fixed = enterprise.source === 'SCIM';
  return (
    <div className="row">
      <Button disabled={fixed} onClick={() => setDialog('add')} data-testid="add-department">
        {t('people.department.add')}
      </Button>
      {self && (
        <>
          <Button disabled={fixed} onClick={() => setDialog('edit')} data-testid="edit-department">
            {t('people.department.edit')}
          </Button>
          <Button danger disabled={fixed} onClick={() => setDialog('remove')} data-testid="remove-department">
            {t('people.department.remove')}
          </Button>
        </>
      )}
      {dialog === 'add' && <DepartmentDialog enterpriseId={enterpriseId} parent={self} self={null} onClose={close} />}
      {dialog === 'edit' && self && (
        <DepartmentDialog enterpriseId={enterpriseId} parent={null} self={self} onClose={close} />
      )}
      {dialog === 'remove' && (
        <Modal
          open
          title={t('people.department.remove')}
          okText={t('people.remove')}
          cancelText={t('people.cancel')}
          okButtonProps={{ danger: true, 'data-testid': 'remove-confirm' }}
          confirmLoading={remove.isPending}
          onOk={() => remove.mutate(undefined)}
          onCancel={close}
        >
          {t('people.department.removeHelp')}
        </Modal>
      )}
    </div>
  );
}

interface DialogProps {
  readonly enterpriseId: string;
  /** of a new one */
  readonly parent: DepartmentInput | null;
  /** null = a new one */
  readonly self: DepartmentInput | null;
  readonly onClose: () => void;
}

function DepartmentDialog({ enterpriseId, parent, self, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ code: string; name: string; parentCode: string }>();
  const save = useCommand({
    run: (input: DepartmentInput) => (self ? changeDepartment : createDepartment)(enterpriseId, input),
    refresh: ['enterprises', enterpriseId],
    done: t('people.saved'),
    onFailed: () => true,
    onDone: onClose,
  });
  const needed = [{ required: true, message: t('people.member.wrong.required') }];
  return (
    <Modal
      open
      title={t(self ? 'people.department.edit' : 'people.department.add')}
      okText={t('people.save')}
      cancelText={t('people.cancel')}
      okButtonProps={{ 'data-testid': 'save-department' }}
      confirmLoading={save.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          code: self?.code ?? '',
          name: self?.name ?? '',
          parentCode: (self ? self.parentCode : parent?.code) ?? '',
        }}
        onFinish={({ code, name, parentCode }) => save.mutate({ code, name, parentCode: parentCode || null })}
      >
        <Form.Item
          name="code"
          label={t('people.department.code')}
          rules={needed}
          extra={t('people.department.codeRule')}
        >
          <Input maxLength={64} disabled={self !== null} data-testid="department-code" />
        </Form.Item>
        <Form.Item name="name" label={t('people.department.name')} rules={needed}>
          <Input maxLength={128} data-testid="department-name" />
        </Form.Item>
        <Form.Item name="parentCode" label={t('people.department.parent')}>
          <DepartmentChoice enterpriseId={enterpriseId} top />
        </Form.Item>
      </Form>
      {save.error != null && <Failure error={save.error} />}
    </Modal>
  );
}
