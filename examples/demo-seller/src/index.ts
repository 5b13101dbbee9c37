/** Acme Workspace (协作空间): a small real SaaS on @jishi/seller, with faults that can be switched on from outside. */
export type { DemoControl, ReceivedCall, TenantSummary } from './control/control.ts';
export type { Fault, FaultKind, Settings, SettingsChange } from './control/settings.ts';
export { type DemoSeller, type DemoSellerOptions, startDemoSeller } from './start.ts';
