/** OpenAPI 3.1 of our own extensions, from the very routes that serve them. */
import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { nullableReferences } from '../nullable-references.ts';
import { activityReportAnswer, activityReportBody } from '../open-api/activity-report.ts';
import { ACTIVITY_PATH } from '../open-api/server.ts';
import type { SellerRoute } from './route.ts';

export function sellerDocument(routes: readonly SellerRoute[], serverUrl: string, prefix: string): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'aksk', {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'SDK-HMAC-SHA256 as for the Open API, with the same access keys',
  });
  const failure = z
    .object({
      error_msg: z.string(),
      /** APIGW.… of the gateway, JISHI.… of these interfaces */
      error_code: z.string(),
      request_id: z.string(),
      errors: z.array(z.object({ member: z.string(), rule: z.string(), message: z.string() })).optional(),
      facts: z.record(z.string(), z.string()).optional(),
    })
    .openapi('Failure');
  for (const route of routes) {
    const params = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    registry.registerPath({
      method: route.method,
      path: `${prefix}${route.path}`,
      summary: route.summary,
      security: [{ aksk: [] }],
      request: {
        ...(params.length > 0
          ? { params: z.object(Object.fromEntries(params.map((name) => [name, z.string()]))) }
          : {}),
        ...(route.method === 'get'
          ? { query: route.query }
          : {
              body: { content: { 'application/json': { schema: route.body } } },
              headers: z.object({ 'Idempotency-Key': z.string().min(8).max(128) }),
            }),
      },
      responses: {
        [route.method === 'get' ? 200 : route.status]: {
          description: 'done',
          content: { 'application/json': { schema: route.response } },
        },
        default: { description: 'refused', content: { 'application/json': { schema: failure } } },
      },
    });
  }
  // answered by the Open API's own rules: its codes, no idempotency key, for repeating it is safe
  const reported = { content: { 'application/json': { schema: activityReportAnswer } } };
  registry.registerPath({
    method: 'post',
    path: ACTIVITY_PATH,
    summary: 'Report who used a joint-operation product, at most 1,000 records',
    security: [{ aksk: [] }],
    request: { body: { required: true, content: { 'application/json': { schema: activityReportBody } } } },
    responses: {
      200: {
        description:
          'MKT.0000; failed lists records by place: 001 parameter, 002 instance, 003 user without account, 004 time',
        ...reported,
      },
      400: { description: 'MKT.0101 no records, or too many; MKT.0199 no JSON', ...reported },
      default: { description: 'refused', content: { 'application/json': { schema: failure } } },
    },
  });
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Jishi extensions of the Open API',
      version: '1',
      description: 'For programs of sellers. Not part of KooGallery.',
    },
    servers: [{ url: serverUrl }],
  });
  return nullableReferences(document);
}
