/** The routes of files in the OpenAPI document: they carry bytes, so they are no `ConsoleRoute`. */
import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { filePurposes, keptFile, uploadQuery } from './file-schemas.ts';
import { problem } from './schemas.ts';

const BYTES = { schema: { type: 'string' as const, format: 'binary' } };
const REFUSED = {
  description: 'RFC 9457 problem details',
  content: { 'application/problem+json': { schema: problem } },
};
const json = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema } },
});

export function registerFiles(registry: OpenAPIRegistry): void {
  registry.registerPath({
    method: 'get',
    path: '/api/console/file-purposes',
    summary: 'What a file may be, by what it is for (catalogue.md 12.1)',
    security: [{}],
    responses: { 200: json('done', filePurposes) },
  });
  registry.registerPath({
    method: 'post',
    path: '/api/console/files',
    summary: 'Keep a file: its bytes are the body',
    description: 'Action of the permission matrix: file.keep',
    security: [{ session: [] }],
    request: {
      query: uploadQuery,
      headers: z.object({ 'X-CSRF-Token': z.string() }),
      body: { content: { 'application/octet-stream': BYTES } },
    },
    responses: { 201: json('done', keptFile), default: REFUSED },
  });
  registry.registerPath({
    method: 'get',
    path: '/api/console/files/{fileId}',
    summary: 'The bytes of a file: one’s own, by a signed link, or a picture of a product on sale',
    security: [{ session: [] }, {}],
    request: {
      params: z.object({ fileId: z.string() }),
      query: z.object({ until: z.string().optional(), signature: z.string().optional() }),
      headers: z.object({ Range: z.string().optional() }),
    },
    responses: {
      200: { description: 'all of it', content: { 'application/octet-stream': BYTES } },
      206: { description: 'the range that was asked for', content: { 'application/octet-stream': BYTES } },
      default: REFUSED,
    },
  });
}
