import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Problem } from '@jishi/marketplace/console-api';
import type { Plugin } from 'vite';
import { Refusal, refuse } from './refusal.ts';
import { answer } from './routes.ts';
import { createWorld, type World } from './world.ts';

/** Serves `/api` from memory, shaped by the contract's types. `?q=boom` in a search answers 500, to see failing pages. */
export function fakeApi(): Plugin {
  const world = createWorld();
  const middleware = (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    if (request.url?.startsWith('/api/') !== true) {
      next();
      return;
    }
    void respond(world, request, response);
  };
  return {
    name: 'jishi-fake-api',
    configureServer: (server) => void server.middlewares.use(middleware),
    configurePreviewServer: (server) => void server.middlewares.use(middleware),
  };
}

async function respond(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://fake');
  const path = url.pathname.replace(/^\/api\/(console\/)?/, '');
  const login = /fake-session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
  const session = world.sessions.find((one) => one.loginName === login) ?? null;
  try {
    const body = await readBody(request);
    if (request.method === 'POST') checkCommand(world, request, body);
    if (url.searchParams.get('q') === 'boom') refuse(500, 'INTERNAL', 'Internal error');
    if (path.endsWith('/stream')) return stream(world, path, response);
    const result = answer(world, { method: request.method ?? 'GET', path, query: url.searchParams, body, session });
    if (result.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, result.delayMs));
    if (result.cookie !== undefined) {
      response.setHeader('Set-Cookie', `fake-session=${result.cookie}; Path=/; HttpOnly; SameSite=Lax`);
    }
    send(response, result.status ?? 200, result.json);
  } catch (error) {
    if (error instanceof Refusal) send(response, error.problem.status, error.problem);
    else send(response, 500, internal(error));
  }
}

/** What the real server insists on, so that the console cannot forget it. */
function checkCommand(world: World, request: IncomingMessage, body: string): void {
  const key = request.headers['idempotency-key'];
  const used = typeof key === 'string' ? world.keys.get(key) : refuse(400, 'VALIDATION', 'Idempotency-Key is missing');
  if (used !== undefined && used !== `${request.url} ${body}`) refuse(409, 'IDEMPOTENCY_CONFLICT', 'Key used before');
  world.keys.set(String(key), `${request.url} ${body}`);
  const signsIn = request.url === '/api/console/session';
  if (!signsIn && request.headers['x-csrf-token'] !== 'fake-csrf') refuse(403, 'FORBIDDEN', 'CSRF token is missing');
}

function stream(world: World, path: string, response: ServerResponse): void {
  const orderId = path.split('/')[1] ?? '';
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  const tell = (): void => {
    const order = world.orders.find((one) => one.orderId === orderId);
    const timeline = { items: world.timelines.get(orderId) ?? [] };
    response.write(`event: order\ndata: ${JSON.stringify({ order, timeline })}\n\n`);
    if (order?.state !== 'PROCESSING') response.end();
  };
  tell();
  const timer = setInterval(tell, 1000);
  response.on('close', () => clearInterval(timer));
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function send(response: ServerResponse, status: number, json: unknown): void {
  response.statusCode = status;
  response.setHeader('Content-Type', status >= 400 ? 'application/problem+json' : 'application/json');
  response.end(json === undefined ? '' : JSON.stringify(json));
}

function internal(error: unknown): Problem {
  return {
    type: 'about:blank',
    title: 'Internal error',
    status: 500,
    code: 'INTERNAL',
    detail: String(error),
    requestId: 'req-fake-500',
  };
}
