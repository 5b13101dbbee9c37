/** Telling: who is reached is looked up once for all notices of a batch, then everything is written in two statements. */
import { operatorContact, type TenantContact, tenantContacts } from '../directory/index.ts';
import type { Config } from '../platform/config.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { SITES, type Site } from '../platform/site.ts';
import type { OutsideChannel } from './catalogue.ts';
import { OPERATORS } from './notices.ts';
import { planDeliveries, planMessages, type Surroundings, type Told } from './plan.ts';
import { receiversOfTenants } from './receiver-store.ts';
import { ACCOUNT, accountReceiver, type Receiver } from './receivers.ts';
import { insertDeliveries, insertMessages } from './store.ts';

export async function tell(platform: Platform, tx: Tx, told: readonly Told[], now: Date): Promise<void> {
  if (told.length === 0) return;
  const tenants = await reachTenants(tx, [...new Set(told.map(({ notice }) => notice.tenant))]);
  if (told.some(({ notice }) => notice.tenant === OPERATORS))
    tenants.set(OPERATORS, await operators(tx, platform.config.site));
  const around: Surroundings = {
    publicUrl: platform.config.publicUrl,
    timeZone: SITES[platform.config.site].timeZone,
    open: openChannels(platform.config),
  };
  const reached = told.flatMap((each) => {
    const tenant = tenants.get(each.notice.tenant);
    return tenant ? [{ each, ...tenant }] : [];
  });
  const messages = reached.flatMap(({ each, contact, receivers }) => planMessages(each, contact, receivers, around));
  const deliveries = reached.flatMap(({ each, contact, receivers }) =>
    planDeliveries(each, contact, receivers, around),
  );
  await insertMessages(tx, platform.random, messages, now);
  await insertDeliveries(tx, platform.random, deliveries, now);
}

/** They read in the console, by their role, and choose nothing. */
async function operators(executor: Executor, site: Site): Promise<Tenant> {
  const contact = await operatorContact(executor, site);
  return { contact, receivers: [accountReceiver(OPERATORS, contact, SITES[site].language, undefined)] };
}

export interface Tenant {
  readonly contact: TenantContact;
  /** the account first, then the persons it named */
  readonly receivers: readonly Receiver[];
}
/** @returns by tenant key; a tenant that the directory does not know is left out */
export async function reachTenants(executor: Executor, keys: readonly string[]): Promise<Map<string, Tenant>> {
  const idsOf = (kind: 'buyer:' | 'seller:' | 'distributor:') =>
    keys.filter((key) => key.startsWith(kind)).map((key) => key.slice(kind.length));
  const [contacts, stored] = await Promise.all([
    tenantContacts(executor, {
      buyers: idsOf('buyer:'),
      sellers: idsOf('seller:'),
      distributors: idsOf('distributor:'),
    }),
    receiversOfTenants(executor, keys),
  ]);
  return new Map(
    [...contacts].map(([key, contact]) => {
      const own = stored.get(key) ?? [];
      const account = own.find((receiver) => receiver.receiverId === ACCOUNT);
      const { language } = SITES[contact.site];
      const others = own.filter((receiver) => receiver !== account);
      return [key, { contact, receivers: [accountReceiver(key, contact, language, account), ...others] }];
    }),
  );
}

/** How this server sends; `off` = it does not, and nothing is written down to be sent. */
export function channelsOf(config: Config): {
  readonly EMAIL: 'smtp' | 'outbox' | 'off';
  readonly SMS: 'http' | 'outbox' | 'off';
} {
  const without = config.mode === 'sandbox' ? 'outbox' : 'off';
  return { EMAIL: config.mail ? 'smtp' : without, SMS: config.sms ? 'http' : without };
}
export function openChannels(config: Config): ReadonlySet<OutsideChannel> {
  const how = channelsOf(config);
  return new Set((['EMAIL', 'SMS'] as const).filter((channel) => how[channel] !== 'off'));
}
