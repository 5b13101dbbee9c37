/**
 * What a competitor does for one call: one INSERT, the signed request, one UPDATE. The client, the signature and the
 * number of connections are Jishi's own; the answer is read and checked, nothing more.
 */
import { randomUUID } from 'node:crypto';
import { createOutbound, type Outbound } from '@jishi/marketplace/testing';
import { encodeRequest, signBase } from '@jishi/protocol';
import pg from 'pg';
import { z } from 'zod';
import { ACCESS_KEY } from '../sellers.ts';
import type { Settings } from './settings.ts';

export interface Line {
  readonly orderLineId: string;
  /** known after newInstance */
  readonly instanceId: string | null;
}

export const CALLS_TABLE = `
CREATE SCHEMA bench;
CREATE TABLE bench.lines (order_line_id text PRIMARY KEY);
CREATE TABLE bench.calls (
  id uuid PRIMARY KEY, order_line_id text NOT NULL, activity text NOT NULL, state text NOT NULL, request jsonb NOT NULL, started_at timestamptz NOT NULL,
  finished_at timestamptz, http_status int, result_code text, response jsonb, UNIQUE (order_line_id, activity)
);`;

const BEGIN = `INSERT INTO bench.calls (id, order_line_id, activity, state, request, started_at) VALUES ($1, $2, $3, 'RUNNING', $4, $5)`;
const END = `UPDATE bench.calls SET state = 'SUCCEEDED', finished_at = $2, http_status = $3, result_code = $4, response = $5 WHERE id = $1`;

const answer = z.object({ resultCode: z.string(), instanceId: z.string().optional() });

export interface OneCall {
  readonly pool: pg.Pool;
  /** @param following SQL that the UPDATE carries along in the same statement, with its parameter $6 */
  call(
    line: Line,
    following?: { readonly sql: string; readonly parameter: (instanceId: string) => string },
  ): Promise<string>;
}

export function createOneCall(settings: Settings): OneCall {
  const pool = new pg.Pool({ connectionString: settings.databaseUrl, max: settings.poolSize });
  const outbound: Outbound = createOutbound({
    allowInternal: true,
    timeoutMs: 20_000,
    connectionsPerOrigin: settings.concurrency,
  });
  return {
    pool,
    async call({ orderLineId, instanceId }, following) {
      const id = randomUUID();
      const activity = instanceId === null ? 'newInstance' : 'queryInstance';
      const body = encodeRequest(
        instanceId === null
          ? { activity: 'newInstance', orderId: orderLineId.slice(0, -7), orderLineId, businessId: randomUUID() }
          : { activity: 'queryInstance', instanceId },
      );
      const url = signedUrl(settings.productionUrl, body);
      const request = JSON.stringify({ method: 'POST', url, body });
      await pool.query({ name: 'begin', text: BEGIN, values: [id, orderLineId, activity, request, new Date()] });
      const headers = { accept: 'application/json', 'content-type': 'application/json;charset=utf-8' };
      const result = await outbound.post(url, headers, body);
      if (!result.ok) throw new Error(`${activity}: ${result.fault}`);
      const text = new TextDecoder().decode(result.answer.body);
      const read = answer.parse(JSON.parse(text));
      if (read.resultCode !== '000000') throw new Error(`${activity}: ${read.resultCode}`);
      const known = instanceId ?? read.instanceId ?? '';
      const values = [id, new Date(), result.answer.status, read.resultCode, text];
      if (following === undefined) await pool.query({ name: 'end', text: END, values });
      else
        await pool.query({
          name: 'end and follow',
          text: `WITH ended AS (${END}) ${following.sql}`,
          values: [...values, following.parameter(known)],
        });
      return known;
    },
  };
}

function signedUrl(productionUrl: string, payload: string): string {
  const timestamp = String(Date.now());
  const nonce = randomUUID().replaceAll('-', '');
  const { signature } = signBase({ accessKey: ACCESS_KEY, payload, timestamp, nonce });
  return `${productionUrl}?signature=${encodeURIComponent(signature)}&timestamp=${timestamp}&nonce=${nonce}`;
}
