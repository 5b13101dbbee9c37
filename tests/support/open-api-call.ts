/** One call of a seller's program to the open API of a marketplace in this process, signed with its AK/SK. */
import { OPEN_API_PREFIX } from '../../packages/marketplace/src/api/open-api/server.ts';
import { authorizationOf, sdkDate } from './ak-sk.ts';
import type { ConsoleStage } from './console-stage.ts';

/** @returns the answer's text; throws unless it is 200 */
export async function callOpenApi(
  { url, world: { clock, demo } }: Pick<ConsoleStage, 'url' | 'world'>,
  path: string,
  body: string,
  contentType = 'application/json',
): Promise<string> {
  const target = `${OPEN_API_PREFIX}${path}`;
  const headers = {
    'content-type': contentType,
    host: new URL(url).host,
    'x-sdk-date': sdkDate(clock.now()),
    'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD',
  };
  const authorization = authorizationOf({
    ...{ ak: demo.ak, sk: demo.sk, method: 'POST', target, headers },
    payloadHash: 'UNSIGNED-PAYLOAD',
  });
  const { host: _, ...sent } = headers;
  const answer = await fetch(`${url}${target}`, { method: 'POST', headers: { ...sent, authorization }, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
  return text;
}
