/** The running subscriptions. */
export { type InstanceState, instanceTransitions } from './model.ts';
export { instancesSchema } from './schema.ts';
export { type Instance, instanceById, instancesByState, listInstances } from './store.ts';
export { instancesSubscriptions } from './subscribers.ts';
