/** For tests, simulation and benchmarks of this repository: a migrated database each, a small world in it. */

export { indexProducts, quote, searchProducts } from '../catalog/index.ts';
export { runDue } from '../instances/index.ts';
export { createOutbound, type Outbound } from '../platform/outbound.ts';
export * from './crowd.ts';
export * from './purchase.ts';
export * from './world.ts';
