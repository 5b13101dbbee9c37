/** What an enterprise tells the stations. */
import { z } from 'zod';
import type { DomainEvent, NewEvent } from '../../platform/events.ts';

/** Departments, members or groups are not what they were; who keeps a copy looks for the difference. */
export const DIRECTORY_CHANGED = 'directory.enterprise-changed';
export const ENTERPRISE_DISSOLVED = 'directory.enterprise-dissolved';
/** N-36 */
export const ADMINISTRATOR_INVITED = 'directory.administrator-invited';
export const ADMINISTRATOR_REMOVED = 'directory.administrator-removed';

const changed = z.object({ enterpriseId: z.string(), by: z.string() });
export type EnterpriseChanged = z.infer<typeof changed>;
export const enterpriseChanged = (event: DomainEvent): EnterpriseChanged => changed.parse(event.payload);

export const changedEvent = (type: string, payload: EnterpriseChanged, traceId: string): NewEvent => ({
  type,
  aggregate: `enterprise:${payload.enterpriseId}`,
  payload,
  traceId,
});

export interface AdministratorTold {
  readonly enterpriseId: string;
  readonly enterpriseName: string;
  readonly userId: string;
  /** whose account the person has */
  readonly buyerId: string;
}
export const administratorEvent = (type: string, payload: AdministratorTold, traceId: string): NewEvent => ({
  type,
  aggregate: `enterprise:${payload.enterpriseId}`,
  payload: { ...payload },
  traceId,
});
