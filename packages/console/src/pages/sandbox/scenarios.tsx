import type {
  SandboxService,
  SandboxSpecification,
  SandboxState,
  ScenarioButton,
  TriggerCommand,
} from '@jishi/marketplace/console-api';
import { Link } from '@tanstack/react-router';
import { App, Button, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { trigger } from '../../api/sandbox.ts';
import { useCommand } from '../../components/command.ts';
import { Panel } from '../../components/page.tsx';
import { TabList } from '../../components/tab-list.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';

const groups = ['PERIOD', 'ONE_TIME', 'ON_DEMAND', 'ON_DEMAND_PKG'] as const;
type Group = (typeof groups)[number];
const isGroup = (key: string): key is Group => groups.some((group) => group === key);

/** Every scenario of every billing mode as a button; one that can not be now says why. */
export function Scenarios({ state }: { state: SandboxState }) {
  const { t } = useTranslation();
  const [group, setGroup] = useState<Group>('PERIOD');
  return (
    <Panel title={t('sandbox.scenarios')}>
      <TabList
        name={t('sandbox.billing')}
        active={group}
        onChange={(key) => isGroup(key) && setGroup(key)}
        tabs={groups.map((key) => ({ key, label: t(`sandbox.mode.${key}`) }))}
      >
        <ModeButtons key={group} group={group} state={state} />
      </TabList>
    </Panel>
  );
}

/** scenarios that make a service; all others are done to one */
const makers: readonly string[] = ['newInstance', 'trial'];

function ModeButtons({ group, state }: { group: Group; state: SandboxState }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const specifications = state.specifications.filter((each) => each.chargingMode === group);
  const services = state.services.filter((each) => each.chargingMode === group);
  const [specificationId, setSpecification] = useState<string | null>(null);
  const [period, setPeriod] = useState<'month' | 'year'>('year');
  const [resourceId, setResource] = useState<string | null>(null);
  const specification = specifications.find((each) => each.specificationId === specificationId) ?? specifications[0];
  const service = services.find((each) => each.resourceId === resourceId) ?? services[0];
  const press = useCommand({
    run: trigger,
    refresh: ['sandbox'],
    onDone: (answer) => void message.success(t('sandbox.triggered', { calls: answer.exchanges.length })),
  });
  const commandOf = ({ name }: ScenarioButton): TriggerCommand => ({
    scenario: name,
    ...(makers.includes(name)
      ? { specificationId: specification?.specificationId ?? null, periodType: group === 'PERIOD' ? period : null }
      : { resourceId: service?.resourceId ?? null, periodType: group === 'PERIOD' ? period : null }),
  });
  return (
    <div className="stack">
      <div className="row">
        {specifications.length > 1 && (
          <ChooseSpecification
            specifications={specifications}
            chosen={specification?.specificationId ?? null}
            onChoose={setSpecification}
          />
        )}
        {group === 'PERIOD' && (
          <Select
            aria-label={t('sandbox.period')}
            value={period}
            onChange={setPeriod}
            options={(['year', 'month'] as const).map((each) => ({ value: each, label: t(`sandbox.by.${each}`) }))}
            data-testid="scenario-period"
          />
        )}
      </div>
      <ChooseService services={services} chosen={service} onChoose={setResource} />
      <ul className="scenario-list">
        {state.scenarios
          .filter((button) => button.group === group)
          .map((button) => (
            <ScenarioLine
              key={button.name}
              button={button}
              busy={press.isPending || state.clock.moving !== null}
              pressing={press.isPending && press.variables.scenario === button.name}
              // the list judges the newest service; for another one the answer itself says whether it can be
              judged={makers.includes(button.name) || service === undefined || service === services[0]}
              onPress={() => press.mutate(commandOf(button))}
            />
          ))}
      </ul>
    </div>
  );
}

interface LineProps {
  readonly button: ScenarioButton;
  readonly busy: boolean;
  readonly pressing: boolean;
  readonly judged: boolean;
  readonly onPress: () => void;
}

function ScenarioLine({ button, busy, pressing, judged, onPress }: LineProps) {
  const text = useText();
  const id = useId();
  const closed = judged && !button.available;
  return (
    <li>
      <Button
        disabled={closed || (busy && !pressing)}
        loading={pressing}
        onClick={onPress}
        aria-describedby={closed ? id : undefined}
        data-testid={`scenario-${button.name}`}
      >
        {text(button.label)}
      </Button>
      <span className="mono soft">{button.activity}</span>
      {closed && button.why !== null && (
        <span id={id} className="soft scenario-why" data-testid={`why-${button.name}`}>
          {text(button.why)}
        </span>
      )}
    </li>
  );
}

function ChooseSpecification({
  specifications,
  chosen,
  onChoose,
}: {
  specifications: readonly SandboxSpecification[];
  chosen: string | null;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <Select
      aria-label={t('sandbox.specification')}
      value={chosen}
      onChange={onChoose}
      options={specifications.map((each) => ({ value: each.specificationId, label: text(each.name) }))}
      style={{ minWidth: 180 }}
      data-testid="scenario-specification"
    />
  );
}

function ChooseService({
  services,
  chosen,
  onChoose,
}: {
  services: readonly SandboxService[];
  chosen: SandboxService | undefined;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const text = useText();
  const id = useId();
  if (chosen === undefined) return <p className="soft">{t('sandbox.noService')}</p>;
  return (
    <div className="stack stack--tight">
      <div className="row">
        <label htmlFor={id}>{t('sandbox.service')}</label>
        <Select
          id={id}
          value={chosen.resourceId}
          onChange={onChoose}
          style={{ minWidth: 'min(100%, 280px)', maxWidth: '100%' }}
          options={services.map((each) => ({
            value: each.resourceId,
            label: `${text(each.specificationName)} · ${t(`state.instance.${each.state}.word`)} · ${each.resourceId}`,
          }))}
          data-testid="scenario-service"
        />
      </div>
      <div className="row soft" data-testid="service-now" data-state={chosen.state}>
        <span>{t(`state.instance.${chosen.state}.word`)}</span>
        {chosen.expireAt !== null && (
          <span>
            {t('sandbox.until')} <Instant at={chosen.expireAt} />
          </span>
        )}
        {chosen.instanceId !== null && <span className="mono">{chosen.instanceId}</span>}
        <Link to="/services/$resourceId" params={{ resourceId: chosen.resourceId }}>
          {t('sandbox.toService')}
        </Link>
      </div>
    </div>
  );
}
