import type { OrderDeliveryView, SupervisionView } from '@jishi/marketplace/console-api';
import { Button, DatePicker, Input, InputNumber, Modal } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { planMilestones } from '../../api/deliveries.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { State } from '../../components/state.tsx';
import type { Tone } from '../../components/tones.ts';
import { Instant } from '../../components/values.tsx';
import { emptyPlan, type MilestoneDraft, mostMilestones, planFaultOf, planOf, sumOf } from './milestone-draft.ts';

interface MilestonesProps {
  readonly delivery: OrderDeliveryView;
  readonly onDone: () => void;
}
type Milestone = SupervisionView['milestones'][number];

const tones: Readonly<Record<Milestone['state'], Tone>> = {
  PLANNED: 'idle',
  OPEN: 'wait',
  DELIVERED: 'run',
  ACCEPTED: 'ok',
};

/** The parts of an order that is delivered in milestones, for both sides; the seller plans them before the first delivery. */
export function Milestones({ delivery, onDone }: MilestonesProps) {
  const { t } = useTranslation();
  const [planning, setPlanning] = useState(false);
  const { supervision } = delivery;
  if (supervision === null) return null;
  const { milestones, may } = supervision;
  if (milestones.length === 0 && !may.planMilestones) return null;
  return (
    <section className="stack stack--tight" aria-label={t('supervision.milestones.title')} data-testid="milestones">
      {milestones.length > 0 && (
        <>
          <strong>{t('supervision.milestones.title')}</strong>
          <p className="soft">{t('supervision.milestones.help')}</p>
          <MilestoneRows milestones={milestones} />
        </>
      )}
      {may.planMilestones && (
        <span className="row">
          <Button onClick={() => setPlanning(true)} data-testid="plan-milestones">
            {t(milestones.length === 0 ? 'supervision.milestones.plan' : 'supervision.milestones.change')}
          </Button>
          {milestones.length === 0 && <span className="soft">{t('supervision.milestones.planHelp')}</span>}
        </span>
      )}
      {planning && (
        <PlanDialog
          delivery={delivery}
          onClose={() => setPlanning(false)}
          onDone={() => {
            setPlanning(false);
            onDone();
          }}
        />
      )}
    </section>
  );
}

function MilestoneRows({ milestones }: { milestones: readonly Milestone[] }) {
  const { t } = useTranslation();
  const columns: Column<Milestone>[] = [
    { key: 'name', title: t('supervision.milestones.name'), render: ({ name }) => name },
    {
      key: 'share',
      title: t('supervision.milestones.share'),
      align: 'right',
      render: ({ share }) => <span className="num">{share} %</span>,
    },
    {
      key: 'day',
      title: t('supervision.milestones.plannedOn'),
      render: ({ plannedOn }) => <span className="num">{plannedOn}</span>,
    },
    {
      key: 'state',
      title: t('handover.status'),
      render: ({ state, rejections }) => (
        <>
          <State
            tone={tones[state]}
            word={t(`supervision.milestones.state.${state}.word`)}
            help={t(`supervision.milestones.state.${state}.help`)}
            state={state}
          />
          {rejections > 0 && <div className="soft">{t('supervision.rejections', { count: rejections })}</div>}
        </>
      ),
    },
    {
      key: 'accepted',
      title: t('handover.acceptedAt'),
      render: ({ acceptedAt }) => (acceptedAt === null ? '—' : <Instant at={acceptedAt} />),
    },
  ];
  return <Rows rows={milestones} columns={columns} rowKey={({ name }) => name} testId="milestone" />;
}

interface PlanDialogProps extends MilestonesProps {
  readonly onClose: () => void;
}

function PlanDialog({ delivery, onClose, onDone }: PlanDialogProps) {
  const { t } = useTranslation();
  const before = delivery.supervision?.milestones ?? [];
  const [plan, setPlan] = useState<readonly MilestoneDraft[]>(() =>
    before.length === 0
      ? emptyPlan()
      : before.map(({ name, share, plannedOn }, place) => ({ key: place + 1, name, share, plannedOn })),
  );
  const [tried, setTried] = useState(false);
  const fault = planFaultOf(plan);
  const save = useCommand({
    run: (milestones: ReturnType<typeof planOf>) => planMilestones(delivery.deliveryId, { milestones }),
    refresh: [],
    done: t('supervision.milestones.saved'),
    onDone,
    onFailed: () => true,
  });
  const change = (key: number, part: Partial<MilestoneDraft>): void =>
    setPlan(plan.map((each) => (each.key === key ? { ...each, ...part } : each)));
  const add = (): void =>
    setPlan([...plan, { key: Math.max(0, ...plan.map(({ key }) => key)) + 1, name: '', share: null, plannedOn: null }]);
  return (
    <Modal
      open
      title={t('supervision.milestones.plan')}
      okText={t('supervision.milestones.save')}
      okButtonProps={{ 'data-testid': 'save-milestones' }}
      confirmLoading={save.isPending}
      onOk={() => {
        setTried(true);
        if (fault === null) save.mutate(planOf(plan));
      }}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="soft">{t('supervision.milestones.help')}</p>
        {plan.map(({ key, name, share, plannedOn }, place) => (
          <fieldset key={key} className="row" style={{ border: 0, padding: 0, margin: 0, flexWrap: 'wrap' }}>
            <legend className="soft">{t('supervision.milestones.numbered', { number: place + 1 })}</legend>
            <Input
              aria-label={t('supervision.milestones.name')}
              placeholder={t('supervision.milestones.name')}
              value={name}
              maxLength={60}
              style={{ flex: '1 1 160px' }}
              onChange={({ target }) => change(key, { name: target.value })}
              data-testid="milestone-name"
            />
            <InputNumber
              aria-label={t('supervision.milestones.share')}
              value={share}
              min={1}
              max={100}
              precision={0}
              suffix="%"
              style={{ width: 96 }}
              onChange={(value) => change(key, { share: value })}
            />
            <DatePicker
              aria-label={t('supervision.milestones.plannedOn')}
              value={plannedOn === null ? null : dayjs(plannedOn)}
              allowClear={false}
              disabledDate={(day) => day.isBefore(dayjs(), 'day')}
              onChange={(day) => change(key, { plannedOn: day?.format('YYYY-MM-DD') ?? null })}
            />
            {plan.length > 2 && (
              <Button onClick={() => setPlan(plan.filter((each) => each.key !== key))}>
                {t('supervision.milestones.remove')}
              </Button>
            )}
          </fieldset>
        ))}
        <span className="row">
          <Button disabled={plan.length >= mostMilestones} onClick={add} data-testid="add-milestone">
            {t('supervision.milestones.add')}
          </Button>
          <span className="soft">{t('supervision.milestones.sum', { sum: sumOf(plan) })}</span>
          {before.length > 0 && (
            <Button danger onClick={() => save.mutate([])} data-testid="drop-milestones">
              {t('supervision.milestones.drop')}
            </Button>
          )}
        </span>
        {tried && fault !== null && (
          <span role="alert" className="fault">
            {t(`supervision.milestones.fault.${fault}`)}
          </span>
        )}
        {save.error !== null && <Failure error={save.error} />}
      </div>
    </Modal>
  );
}
