import type {
  ClockCommand,
  Exchange,
  ExchangePage,
  FaultCommand,
  ReplayCommand,
  SandboxFault,
  SandboxState,
  ScenarioResult,
  TriggerAnswer,
  TriggerCommand,
  UpcomingItem,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of the sandbox; they are absent from a production server. */
const at = (path: string): string => `/api/sandbox/${path}`;

export const sandboxQuery = queryOptions({
  queryKey: ['sandbox', 'state'],
  queryFn: ({ signal }): Promise<SandboxState> => http.get(at('state'), {}, signal),
});

export const upcomingQuery = (limit: number) =>
  queryOptions({
    queryKey: ['sandbox', 'upcoming', limit],
    queryFn: ({ signal }): Promise<{ items: UpcomingItem[] }> => http.get(at('upcoming'), { limit }, signal),
    placeholderData: keepPreviousData,
  });

export const exchangesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['sandbox', 'exchanges', query],
    queryFn: ({ signal }): Promise<ExchangePage> => http.get(at('exchanges'), query, signal),
    placeholderData: keepPreviousData,
  });

export const exchangeQuery = (exchangeId: string) =>
  queryOptions({
    queryKey: ['sandbox', 'exchange', exchangeId],
    queryFn: ({ signal }): Promise<Exchange> => http.get(at(`exchanges/${encodeURIComponent(exchangeId)}`), {}, signal),
  });

export const moveClock = (command: ClockCommand): Promise<SandboxState> => http.post(at('clock'), command);
export const trigger = (command: TriggerCommand): Promise<TriggerAnswer> => http.post(at('trigger'), command);
export const replay = (command: ReplayCommand): Promise<unknown> => http.post(at('replay'), command);
export const addFault = (
  command: Partial<FaultCommand> & Pick<FaultCommand, 'kind'>,
): Promise<{ items: SandboxFault[] }> => http.post(at('faults'), command);
export const clearFaults = (): Promise<void> => http.remove(at('faults'));
export const resetSandbox = (): Promise<SandboxState> => http.post(at('reset'), {});
export const readScenario = (): Promise<{ text: string }> => http.get(at('scenario'));
export const runScenario = (text: string): Promise<ScenarioResult> => http.post(at('scenario'), { text });

export const harUrl = at('exchanges.har');
export const sandboxEventsUrl = at('events');
