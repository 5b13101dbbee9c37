/** The demo buyer's services, what each scenario may do with them now, and the buttons that follow from it. */
import type { ChargingMode, Protocol, Specification } from '../catalog/index.ts';
import {
  type Instance,
  instanceById,
  isLiving,
  listInstances,
  mayCure,
  mayFreeze,
  type Options,
  optionsOf,
  resourceOf,
} from '../instances/index.ts';
import { changeTargets, trialOrder } from '../ordering/index.ts';
import { ok, type Refusal, type Result, refuse } from '../platform/result.ts';
import { GROUPS, SCENARIOS, type ScenarioRow } from './scenario-table.ts';
import type { SandboxService, ScenarioButton, ScenarioName } from './schemas.ts';
import { whyOf } from './why.ts';
import { buyerScope, type SandboxWorld } from './world.ts';

const MOST_SHOWN = 50;
/** so many of one billing mode are looked at for one that fits */
const MOST_LOOKED_AT = 12;

export const servicesOf = (world: SandboxWorld): Promise<Instance[]> =>
  listInstances(world.platform.db, { scope: buyerScope(world), before: null, limit: MOST_SHOWN });

export const presentService = (instance: Instance): SandboxService => ({
  resourceId: instance.resourceId,
  instanceId: instance.instanceId,
  state: instance.state,
  trial: instance.trial,
  productName: instance.productName,
  specificationName: instance.specificationName,
  chargingMode: instance.chargingMode,
  quantity: instance.quantity,
  expireAt: instance.expireAt?.toISOString() ?? null,
});

/** Scenarios that begin something instead of being about a service. */
const NEEDS_NO_SERVICE: readonly ScenarioName[] = ['newInstance', 'trial', 'orderNotify', 'probe'];
const isAboutNoService = (name: ScenarioName): boolean => NEEDS_NO_SERVICE.includes(name);

const no = (code: string, message: string): Refusal => ({ code, message });

/** Why a scenario can not be played with a service now, as the domain refuses it; null = it can. */
async function refusalFor(world: SandboxWorld, name: ScenarioName, service: Looked): Promise<Refusal | null> {
  const { instance } = service;
  const { platform } = world;
  if (name === 'query') return instance.instanceId !== null && isLiving(instance.state) ? null : NOTHING_TO_ASK;
  if (name === 'freeze') return mayFreeze(instance);
  if (name === 'unfreeze') return mayCure(instance);
  if (name === 'autoRenew' && instance.expiryPolicy === 'AUTO')
    return no('INSTANCE_STATE', 'B-62: it renews itself already');
  const option = OPTION_OF[name];
  if (!option) return null;
  const { allowed, code, message } = (await service.options())[option];
  if (!allowed) return no(code ?? 'INSTANCE_STATE', message ?? 'not allowed');
  if (!CHANGES.includes(name)) return null;
  const targets = await changeTargets(platform.db, resourceOf(instance));
  return targets.some(({ running }) => running || name !== 'upgrade')
    ? null
    : no('CHANGE_NOT_ALLOWED', 'C25: the seller does not offer changes of this specification');
}
const NOTHING_TO_ASK = no('INSTANCE_STATE', 'B-45: there is nothing to ask for: the seller has named no instance');
const CHANGES: readonly ScenarioName[] = ['upgrade', 'renewAndChange', 'changeCheck'];
const OPTION_OF: { readonly [N in ScenarioName]?: keyof Options } = {
  convert: 'convert',
  renew: 'renew',
  renewAndChange: 'renewWithChange',
  changeCheck: 'renewWithChange',
  unsubscribeRenewal: 'cancelRenewal',
  upgrade: 'change',
  release: 'unsubscribe',
  autoRenew: 'autoRenew',
};

interface Looked {
  readonly instance: Instance;
  /** asked for once */
  options(): Promise<Options>;
}
function look(world: SandboxWorld, instance: Instance): Looked {
  const { platform } = world;
  let asked: Promise<Options> | null = null;
  return {
    instance,
    options: () => {
      asked ??= optionsOf(platform, platform.db, instance, platform.clock.now());
      return asked;
    },
  };
}

/** The newest living service of a billing mode that fits, or why none does. */
async function newestFitting(
  world: SandboxWorld,
  name: ScenarioName,
  services: readonly Looked[],
): Promise<Result<Instance>> {
  let first: Refusal | null = null;
  for (const service of services) {
    const refusal = await refusalFor(world, name, service);
    if (refusal === null) return ok(service.instance);
    first ??= refusal;
  }
  const refusal = first ?? no('NOT_FOUND', 'there is no such service yet: buy one first');
  return { ok: false, refusal };
}

const ofMode = (services: readonly Instance[], mode: ChargingMode): Instance[] =>
  services.filter(({ chargingMode, state }) => chargingMode === mode && isLiving(state)).slice(0, MOST_LOOKED_AT);

/** The service that a scenario is played with: the one named, or the newest that fits. */
export async function serviceFor(
  world: SandboxWorld,
  name: ScenarioName,
  wanted: { readonly resourceId?: string | null | undefined; readonly chargingMode?: ChargingMode | null | undefined },
): Promise<Result<Instance>> {
  if (wanted.resourceId) {
    const instance = await instanceById(world.platform.db, wanted.resourceId, buyerScope(world));
    return instance ? ok(instance) : refuse('NOT_FOUND', 'there is no such service');
  }
  const services = await servicesOf(world);
  const modes = wanted.chargingMode ? [wanted.chargingMode] : GROUPS;
  const candidates = services.filter(({ chargingMode, state }) => modes.includes(chargingMode) && isLiving(state));
  return newestFitting(
    world,
    name,
    candidates.slice(0, MOST_SHOWN).map((instance) => look(world, instance)),
  );
}

export async function buttonsOf(
  world: SandboxWorld,
  services: readonly Instance[],
  specifications: readonly Specification[],
  protocol: Protocol,
): Promise<ScenarioButton[]> {
  const buttons: ScenarioButton[] = [];
  for (const group of GROUPS) {
    const looked = ofMode(services, group).map((instance) => look(world, instance));
    for (const row of SCENARIOS.filter(({ groups }) => groups.includes(group))) {
      const found = isAboutNoService(row.name)
        ? await beginning(
            world,
            row,
            specifications.filter(({ chargingMode }) => chargingMode === group),
          )
        : await newestFitting(world, row.name, looked);
      buttons.push({
        name: row.name,
        activity: row.activity[protocol === 'saas-v1' ? protocol : 'saas-v2'],
        label: row.label,
        group,
        available: found.ok,
        why: found.ok ? null : whyOf(found.refusal.message),
        resourceId: found.ok ? (found.value?.resourceId ?? null) : null,
      });
    }
  }
  return buttons;
}

/** Whether something new can be begun with one of the specifications of a billing mode. */
async function beginning(
  { platform, demo }: SandboxWorld,
  { name }: ScenarioRow,
  specifications: readonly Specification[],
): Promise<Result<Instance | null>> {
  if (specifications.length === 0) return refuse('NOT_ON_SALE', 'the demo product is not on sale in this billing mode');
  if (name !== 'trial') return ok(null);
  const trial = specifications.find((each) => each.trial !== null);
  if (!trial) return refuse('NOT_ON_SALE', 'C33: this specification has no free trial');
  const used = trial.trial?.repeatable ? null : await trialOrder(platform.db, demo.buyerId, trial.specificationId);
  return used === null ? ok(null) : refuse('TRIAL_USED', `B-51: order ${used} was the trial of this specification`);
}
