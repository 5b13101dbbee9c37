/**
 * @jishi/seller — a seller writes handlers, this package speaks the protocol (saas-v2.md, saas-v1.md) and calls the Open API.
 */
export type { AppInfo, Diagnosis, OpenApiOrderLine, OrderInfo, UsageInfo } from '@jishi/protocol';
export { bodySign, formatUtc17, parseUtc } from '@jishi/protocol';
export type { SellerServer } from './engine.ts';
export type { CallFacts, SellerEvent } from './events.ts';
export type {
  Call,
  ChangeInstanceCheckCall,
  InstanceAnswer,
  NewInstanceCall,
  NewInstanceResult,
  OrderCall,
  QueryInstanceCall,
  ReadyInstance,
  RefreshInstanceCall,
  ReleaseInstanceCall,
  SellerHandlers,
  UpdateInstanceStatusCall,
  UpgradeInstanceCall,
} from './handlers.ts';
export type { AccessKeyOption, KeySource } from './keys.ts';
export type {
  KitAction,
  KitApplicationCall,
  KitDepartmentCall,
  KitDepartmentFacts,
  KitDepartmentsCall,
  KitHandlers,
  KitTenantCall,
  KitUserFacts,
  KitUsersCall,
} from './kit/handlers.ts';
export { createKitServer, type KitServerOptions } from './kit/server.ts';
export { memoryStore } from './memory-store.ts';
export { toNodeHandler } from './node.ts';
export {
  type CallOptions,
  createOpenApiClient,
  type OpenApiClient,
  type OpenApiClientOptions,
} from './open-api/client.ts';
export type {
  ProductionCall,
  ProductionCallDetail,
  SellerBill,
  SellerBillLine,
  SellerBillLineDetail,
  SellerInstance,
  SellerOrder,
  ShownWebhookEndpoint,
  UsageCharge,
  UsageRecord,
  UsageRejection,
  WebhookDelivery,
  WebhookEndpoint,
} from './open-api/extension-shapes.ts';
export type { EndpointInput, Extensions, Listing, Page } from './open-api/extensions.ts';
export { OpenApiError } from './open-api/extensions.ts';
export type {
  ActiveUser,
  OpenApiFailure,
  OpenApiFailureKind,
  OpenApiResult,
  OrderResult,
  RefusedUsage,
  ReportedActivity,
} from './open-api/result.ts';
export type { SellerServerOptions } from './options.ts';
export { type Refusal, refuse, unknownInstance } from './refuse.ts';
export { createSellerServer } from './server.ts';
export { type CasOptions, type CasResult, type CasSignOn, casSignOn } from './sign-on/cas.ts';
export {
  portalLogin,
  type SignedOn,
  type SignedOnUser,
  type SignOn,
  type SignOnClient,
  type SignOnFailure,
  type SignOnOptions,
  type SignOnResult,
  type SignOnSession,
} from './sign-on/definition.ts';
export { signOn } from './sign-on/sign-on.ts';
export { signedRequest } from './signed-request.ts';
export type { Claim, SellerStore } from './store.ts';
export { bothProtocols } from './v1/both-protocols.ts';
export type {
  CapacityV1,
  CustomerV1,
  ExpireInstanceCallV1,
  InstanceStatusCallV1,
  NewInstanceCallV1,
  NewInstanceResultV1,
  PeriodV1,
  RefreshInstanceCallV1,
  ReleaseInstanceCallV1,
  SellerHandlersV1,
  UpgradeCallV1,
} from './v1/handlers.ts';
export type { SellerServerV1Options } from './v1/options.ts';
export { createSellerServerV1 } from './v1/server.ts';
export { signedRequestV1 } from './v1/signed-request.ts';
export {
  type WebhookData,
  type WebhookEvent,
  type WebhookEventType,
  type WebhookResult,
  webhooks,
} from './webhooks/index.ts';
