/** Prometheus metrics of one process. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  readonly sellerCalls: Counter<'activity' | 'outcome'>;
  readonly sellerCallSeconds: Histogram<'activity'>;
  readonly callsInFlight: Gauge;
  readonly tasks: Counter<'kind' | 'outcome'>;
  readonly events: Counter<'subscriber' | 'outcome'>;
  readonly deliveries: Counter<'channel' | 'outcome'>;
  readonly requests: Counter<'route' | 'status'>;
  readonly requestSeconds: Histogram<'route'>;
}

export function createMetrics(withProcess = false): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (withProcess) collectDefaultMetrics({ register: registry });
  return {
    registry,
    sellerCalls: new Counter({
      name: 'jishi_seller_calls_total',
      help: 'Attempts at sellers by outcome',
      labelNames: ['activity', 'outcome'],
      registers,
    }),
    sellerCallSeconds: new Histogram({
      name: 'jishi_seller_call_seconds',
      help: 'Time a seller takes to answer',
      labelNames: ['activity'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
      registers,
    }),
    callsInFlight: new Gauge({
      name: 'jishi_seller_calls_in_flight',
      help: 'Calls waiting for a seller now',
      registers,
    }),
    tasks: new Counter({
      name: 'jishi_tasks_total',
      help: 'Marketplace tasks by outcome',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    events: new Counter({
      name: 'jishi_events_delivered_total',
      help: 'Domain events handed to subscribers',
      labelNames: ['subscriber', 'outcome'],
      registers,
    }),
    deliveries: new Counter({
      name: 'jishi_messages_sent_total',
      help: 'Attempts to send an e-mail or text message by outcome',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
    requests: new Counter({
      name: 'jishi_http_requests_total',
      help: 'Requests by route and status',
      labelNames: ['route', 'status'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'jishi_http_request_seconds',
      help: 'Time to answer by route',
      labelNames: ['route'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
  };
}
