/** The OpenAPI documents are valid 3.1 in structure and name every route that the server serves. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { consoleDocument } from './console-api/open-api-document.ts';
import { CONSOLE_ROUTES } from './console-api/server.ts';
import { OPEN_API_PREFIX, openApiDocument } from './open-api/server.ts';

const operation = z.looseObject({
  summary: z.string().min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))).min(1),
  parameters: z
    .array(z.looseObject({ name: z.string(), in: z.enum(['path', 'query', 'header']), schema: z.looseObject({}) }))
    .default([]),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.looseObject({}) })) })
    .optional(),
  responses: z.record(z.string().regex(/^([1-5]\d\d|default)$/), z.looseObject({ description: z.string().min(1) })),
});
const document = z.looseObject({
  openapi: z.literal('3.1.0'),
  info: z.looseObject({ title: z.string().min(1), version: z.string().min(1) }),
  servers: z.array(z.looseObject({ url: z.url() })),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post']), operation)),
  components: z.looseObject({
    schemas: z.record(z.string(), z.looseObject({})).default({}),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.string() })),
  }),
});

const SERVER = 'https://market.example';
const documents = {
  console: document.parse(consoleDocument(CONSOLE_ROUTES, SERVER)),
  'open API': document.parse(openApiDocument(SERVER, OPEN_API_PREFIX)),
};

describe.each(Object.entries(documents))('the document of the %s', (_, parsed) => {
  it('refers only to what it holds', () => {
    const references = [...JSON.stringify(parsed).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      (found) => found[1] ?? '',
    );
    expect(references.filter((name) => !(name in parsed.components.schemas))).toEqual([]);
    const schemes = Object.values(parsed.paths).flatMap((path) =>
      Object.values(path).flatMap((each) => each?.security.flatMap(Object.keys) ?? []),
    );
    expect(schemes.filter((name) => !(name in parsed.components.securitySchemes))).toEqual([]);
  });

  it('says "or null" so that null fits', () => {
    // `allOf` of a schema and a type with null lets no null through
    expect(JSON.stringify(parsed)).not.toMatch(/"allOf":\[\{"\$ref":"[^"]*"\},\{"type":\[/);
  });

  it('declares exactly the parameters that stand in each path', () => {
    for (const [path, operations] of Object.entries(parsed.paths)) {
      for (const each of Object.values(operations)) {
        const declared =
          each?.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name) ?? [];
        expect([path, declared.toSorted()]).toEqual([
          path,
          [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).toSorted(),
        ]);
      }
    }
  });
});

it('the console document names every route, commands with their body and idempotency key', () => {
  const { paths } = documents.console;
  const named = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  const served = CONSOLE_ROUTES.map((route) => `${route.kind === 'read' ? 'get' : 'post'} /api/console${route.path}`);
  // bytes in, bytes out: no JSON, and a repeat of an upload is another file
  const files = ['get /api/console/file-purposes', 'post /api/console/files', 'get /api/console/files/{fileId}'];
  expect(named.toSorted()).toEqual([...served, ...files].toSorted());
  for (const [path, operations] of Object.entries(paths)) {
    if (!operations.post || path === '/api/console/files') continue;
    expect(operations.post.requestBody?.content).toHaveProperty('application/json');
    expect(operations.post.parameters.map((parameter) => parameter.name)).toContain('Idempotency-Key');
  }
});

it('the Open API document names A1 with each published status', () => {
  const a1 = documents['open API'].paths[`${OPEN_API_PREFIX}/v1/order/query`]?.get;
  expect(Object.keys(a1?.responses ?? {}).toSorted()).toEqual(['200', '400', '401', '406', '500']);
  expect(a1?.parameters.map((parameter) => parameter.name)).toEqual(['orderId', 'orderLineId']);
});
