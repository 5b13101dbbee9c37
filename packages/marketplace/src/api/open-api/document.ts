/** OpenAPI 3.1 of the Open API, from the very schemas that it answers by. */
import { extendZodWithOpenApi, OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { orderQueryAnswer } from '@jishi/protocol';
import { z } from 'zod';

extendZodWithOpenApi(z);

export function openApiDocument(serverUrl: string, prefix: string): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'aksk', {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description:
      'SDK-HMAC-SHA256 Access={AK}, SignedHeaders={names}, Signature={hex}; with the header X-Sdk-Date (yyyyMMddTHHmmssZ, within 15 minutes)',
  });
  const gatewayError = z
    .object({ error_msg: z.string(), error_code: z.string(), request_id: z.string() })
    .openapi('GatewayError');
  registry.registerPath({
    method: 'get',
    path: `${prefix}/v1/order/query`,
    summary: 'Query an order (A1)',
    security: [{ aksk: [] }],
    description: 'Debugging orders (MOCKPERIODYEARNEW …) are answered for every seller.',
    request: { query: z.object({ orderId: z.string().max(64), orderLineId: z.string().max(64).optional() }) },
    responses: {
      200: { description: 'MKT.0000', content: { 'application/json': { schema: orderQueryAnswer } } },
      400: { description: 'MKT.0101 Invalid parameter', content: { 'application/json': { schema: orderQueryAnswer } } },
      401: {
        description: 'APIGW.0301 signature; MKT.0150 order of another seller; MKT.0151 caller is no seller',
        content: { 'application/json': { schema: z.union([gatewayError, orderQueryAnswer]) } },
      },
      406: {
        description: 'MKT.0250 Access frequency overlimit',
        content: { 'application/json': { schema: orderQueryAnswer } },
      },
      500: {
        description: 'MKT.0100 order or line does not exist (see extra_info)',
        content: { 'application/json': { schema: orderQueryAnswer } },
      },
    },
  });
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'KooGallery Open API, served by Jishi', version: '1' },
    servers: [{ url: serverUrl }],
  });
}
