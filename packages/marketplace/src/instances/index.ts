/** The running subscriptions. */
export { type InstanceState, instanceTransitions } from './definition.ts';
export { instancesSchema } from './schema.ts';
export { type Instance, instanceById, instancesByState, listInstances } from './store.ts';
export { instancesSubscriptions } from './subscribers.ts';
