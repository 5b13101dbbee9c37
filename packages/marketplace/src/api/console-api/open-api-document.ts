/** OpenAPI 3.1 of the console API, from the very routes that serve it. */
import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { nullableReferences } from '../nullable-references.ts';
import { registerFiles } from './file-document.ts';
import type { ConsoleRoute } from './route.ts';
import { problem } from './schemas.ts';

export function consoleDocument(routes: readonly ConsoleRoute[], serverUrl: string, cookie = 'jishi_session'): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'session', { type: 'apiKey', in: 'cookie', name: cookie });
  for (const route of routes) {
    const params = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const request = {
      ...(params.length > 0 ? { params: z.object(Object.fromEntries(params.map((name) => [name, z.string()]))) } : {}),
      ...(route.kind === 'read' && route.query instanceof z.ZodObject ? { query: route.query } : {}),
      ...(route.kind === 'command'
        ? {
            body: { content: { 'application/json': { schema: route.body } } },
            headers: z.object({ 'Idempotency-Key': z.string(), 'X-CSRF-Token': z.string() }),
          }
        : {}),
    };
    registry.registerPath({
      method: route.kind === 'read' ? 'get' : 'post',
      path: `/api/console${route.path}`,
      summary: route.summary,
      description: `Action of the permission matrix: ${route.action}`,
      security: [{ session: [] }],
      request,
      responses: {
        [route.kind === 'command' ? route.status : 200]: {
          description: 'done',
          content: { 'application/json': { schema: route.response } },
        },
        default: {
          description: 'RFC 9457 problem details',
          content: { 'application/problem+json': { schema: problem } },
        },
      },
    });
  }
  registerFiles(registry);
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Jishi console API', version: '1' },
    servers: [{ url: serverUrl }],
  });
  return nullableReferences(document);
}
