/** OpenAPI 3.1 of the Open API, from the very schemas that it answers by. */
import { extendZodWithOpenApi, OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import {
  orderQueryAnswer,
  plainUsagePushBody,
  softwareUsageBody,
  usagePushAnswer,
  usagePushBody,
} from '@jishi/protocol';
import { z } from 'zod';
import { nullableReferences } from '../nullable-references.ts';
import { licenseRequests } from './license-codes.ts';
import { uploadRequest } from './license-upload.ts';

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
  /** What the gateway says before the API is asked (openapi.md 3.6). */
  const ofGateway = (description: string) => ({
    description,
    content: { 'application/json': { schema: gatewayError } },
  });
  const gatewayAnswers = {
    413: ofGateway('APIGW.0201 the body is larger than 12 MB'),
    429: ofGateway('APIGW.0308 too many calls of this key'),
    500: ofGateway('APIGW.0601 a failure of ours'),
  };
  const details = {
    extra_info: z.record(z.string(), z.string()).optional().describe('what is wrong with which member'),
  };
  const queryAnswer = orderQueryAnswer.extend(details);
  registry.registerPath({
    method: 'get',
    path: `${prefix}/v1/order/query`,
    summary: 'Query an order (A1)',
    security: [{ aksk: [] }],
    description: 'Debugging orders (MOCKPERIODYEARNEW …) are answered for every seller.',
    request: { query: z.object({ orderId: z.string().max(64), orderLineId: z.string().max(64).optional() }) },
    responses: {
      200: { description: 'MKT.0000', content: { 'application/json': { schema: queryAnswer } } },
      400: { description: 'MKT.0101 Invalid parameter', content: { 'application/json': { schema: queryAnswer } } },
      401: {
        description: 'APIGW.0301 signature; MKT.0150 order of another seller; MKT.0151 caller is no seller',
        content: { 'application/json': { schema: z.union([gatewayError, queryAnswer]) } },
      },
      406: {
        description: 'MKT.0250 Access frequency overlimit',
        content: { 'application/json': { schema: queryAnswer } },
      },
      500: {
        description: 'MKT.0100 order or line does not exist (see extra_info); MKT.0999 or APIGW.0601 a failure of ours',
        content: { 'application/json': { schema: z.union([queryAnswer, gatewayError]) } },
      },
    },
  });
  const coded = z.object({ error_code: z.string(), error_msg: z.string(), data: z.unknown().optional() });
  const answer = { content: { 'application/json': { schema: coded } } };
  const refused = {
    description: 'APIGW.0301 signature; MKT.0151 caller is no seller',
    content: { 'application/json': { schema: z.union([gatewayError, coded]) } },
  };
  const licenseApis = [
    { path: 'license/activate', summary: 'Activate authorisation codes (A4)', requests: licenseRequests.activate },
    { path: 'license/heartbeat', summary: 'Query authorisation codes (A5)', requests: licenseRequests.heartbeat },
  ];
  for (const { path, summary, requests } of licenseApis)
    for (const version of ['v1', 'v2'] as const)
      registry.registerPath({
        method: 'post',
        path: `${prefix}/${version}/${path}`,
        summary: version === 'v1' ? summary : `${summary}, at most 100, all or none`,
        security: [{ aksk: [] }],
        request: { body: { required: true, content: { 'application/json': { schema: requests[version] } } } },
        responses: {
          200: { description: '92020000, or why not: 92020002, …03, …05, …11, …20', ...answer },
          400: { description: '95000001 parameters; 95000004 no JSON', ...answer },
          401: refused,
          405: { description: '95000002 only POST', ...answer },
          415: { description: '95000003 only application/json', ...answer },
          ...gatewayAnswers,
        },
      });
  const pushAnswer = usagePushAnswer.extend(details);
  const pushed = { content: { 'application/json': { schema: pushAnswer } } };
  const pushedOrRefused = { content: { 'application/json': { schema: z.union([pushAnswer, gatewayError]) } } };
  const pushAnswers = {
    200: { description: 'MKT.0000, or 94060999 with the records that were not taken in data', ...pushed },
    400: { description: 'MKT.0101 no records; MKT.0102 body signature (table of 2023); MKT.0199 no JSON', ...pushed },
    401: { description: '94060002 body signature; MKT.0150, MKT.0151; APIGW.0301 signature', ...pushedOrRefused },
    413: gatewayAnswers[413],
    429: gatewayAnswers[429],
    500: {
      description: 'MKT.9001 … MKT.9004; 94060001, MKT.0999 or APIGW.0601 a failure of ours',
      ...pushedOrRefused,
    },
  };
  registry.registerPath({
    method: 'post',
    path: `${prefix}/v1/isv/usage-data`,
    summary: 'Push pay-per-use usage (A2), at most 1,000 records',
    security: [{ aksk: [] }],
    request: {
      headers: z.object({
        signature: z.string().max(1000).describe('base64(HMAC-SHA256(access key, ts={ts}&nonce={nonce}&body={body}))'),
        ts: z.string().max(20).describe('UNIX time in milliseconds'),
        nonce: z.string().max(64),
      }),
      body: { required: true, content: { 'application/json': { schema: usagePushBody } } },
    },
    responses: pushAnswers,
  });
  registry.registerPath({
    method: 'post',
    path: '/rest/marketplace/v1/isv/usage-data',
    summary: 'Push pay-per-use usage, the old form (A3)',
    security: [{ aksk: [] }],
    request: { body: { required: true, content: { 'application/json': { schema: plainUsagePushBody } } } },
    responses: pushAnswers,
  });
  registry.registerPath({
    method: 'post',
    path: `${prefix}/v2/license/software-usage-info`,
    summary: 'Report who uses authorisation codes (A6)',
    security: [{ aksk: [] }],
    request: { body: { required: true, content: { 'application/json': { schema: softwareUsageBody } } } },
    responses: {
      200: {
        description: '92020000; 92020020 with data.check_fail_list; of a single code 92020003, …05, …11',
        ...answer,
      },
      400: { description: '95000001 parameters; 95000004 no JSON', ...answer },
      401: refused,
      405: { description: '95000002 only POST', ...answer },
      415: { description: '95000003 only application/json', ...answer },
      ...gatewayAnswers,
    },
  });
  registry.registerPath({
    method: 'post',
    path: `${prefix}/v1/market-event/{event_id}/file`,
    summary: 'Hand over a licence that was applied for, as text or file (A7)',
    security: [{ aksk: [] }],
    request: {
      params: z.object({ event_id: z.string() }),
      body: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: z.object({ isvUpdateFileReq: uploadRequest, file: z.string().optional() }),
          },
        },
      },
    },
    responses: {
      200: { description: 'CBC.0000, or why not: 91381033, …34, …37, …38', ...answer },
      400: { description: 'CBC.0101', ...answer },
      401: refused,
      403: { description: 'CBC.0150 event of another seller', ...answer },
      ...gatewayAnswers,
    },
  });
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'KooGallery Open API, served by Jishi', version: '1' },
    servers: [{ url: serverUrl }],
  });
  return nullableReferences(document);
}
