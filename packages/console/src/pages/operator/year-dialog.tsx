import type { WorkingCalendarView } from '@jishi/marketplace/console-api';
import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { giveYear } from '../../api/partners.ts';
import { problemOf } from '../../api/problem.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { daysIn } from './days-in.ts';

interface Fields {
  readonly off: string;
  readonly worked: string;
}

/** Days as people paste them from the announcement; what does not fit is named by its day. */
export function YearDialog({ year, onClose }: { year: WorkingCalendarView['years'][number]; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const give = useCommand({
    run: ({ off, worked }: Fields) =>
      giveYear(year.year, { off: daysIn(off, year.year), worked: daysIn(worked, year.year) }),
    refresh: ['working-calendar'],
    done: t('partners.calendar.given', { year: year.year }),
    onDone: onClose,
    onFailed: () => true,
  });
  const facts = give.error === null ? undefined : problemOf(give.error).facts;
  const short = (days: readonly string[]) => days.map((day) => day.slice(5)).join(' ');
  return (
    <Modal
      open
      title={t('partners.calendar.give', { year: year.year })}
      okText={t('partners.calendar.save')}
      okButtonProps={{ 'data-testid': 'year-confirm' }}
      confirmLoading={give.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      {give.error !== null &&
        (facts?.day === undefined ? (
          <Failure error={give.error} />
        ) : (
          <p role="alert" className="fault" data-testid="faulty-day">
            {t('partners.calendar.fault', { day: facts.day })}
          </p>
        ))}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ off: short(year.off), worked: short(year.worked) }}
        onFinish={give.mutate}
        scrollToFirstError={{ focus: true }}
      >
        <Form.Item
          name="off"
          label={t('partners.calendar.off')}
          extra={t('partners.calendar.offHelp')}
          rules={[{ required: true, whitespace: true, message: t('partners.calendar.offRule') }]}
        >
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1_000} data-testid="field-off" />
        </Form.Item>
        <Form.Item name="worked" label={t('partners.calendar.worked')} extra={t('partners.calendar.workedHelp')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1_000} data-testid="field-worked" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
