/** For tests, simulation and benchmarks of this repository: a migrated database each, a small world in it. */

export * from './purchase.ts';
export * from './world.ts';
