/** queryInstance (saas-v2.md 5.2, saas-v1.md 6.0.7): access data and usage of 1–100 instances. */
import { type AppInfo, splitInstanceIds } from '@jishi/protocol';
import { type Answer, accepted, refused, success } from './answer.ts';
import type { ServingContext } from './context.ts';
import type { InstanceAnswer, ReadyInstance, SellerHandlers } from './handlers.ts';
import { MAX_INSTANCE_IDS } from './limits.ts';
import { isRefusal, refuse, unknownInstance } from './refuse.ts';

export async function queryInstance(
  context: ServingContext,
  request: { readonly instanceId: string },
  handlers: Partial<Pick<SellerHandlers, 'queryInstance'>>,
  test: boolean,
): Promise<Answer> {
  const instanceIds = [...new Set(splitInstanceIds(request.instanceId))];
  if (instanceIds.length === 0 || instanceIds.length > MAX_INSTANCE_IDS) {
    return refused(
      refuse('000002', `instanceId must name 1 to ${MAX_INSTANCE_IDS} instances, got ${instanceIds.length}`),
    );
  }
  const found = await handlers.queryInstance?.({ test, receivedAtMs: context.clock(), instanceIds });
  // Only a test call may have no handler.
  if (!found) return success({ info: instanceIds.map((instanceId) => sample(instanceId, context.origin)) });
  return isRefusal(found) ? refused(found) : answerOf(context, instanceIds, found);
}

/**
 * Nothing but unknown ids → 000003; nothing ready yet → 000004 (Q7). Else a success with what is ready: one unknown id
 * must not hide the access data of the others.
 */
function answerOf(context: ServingContext, asked: readonly string[], found: readonly InstanceAnswer[]): Answer {
  const ready = asked.flatMap((id) =>
    found
      .filter(isReady)
      .filter(({ instanceId }) => instanceId === id)
      .slice(0, 1),
  );
  if (ready.length > 0) {
    const { encrypt } = context;
    const info = ready.map((instance) => wireForm(instance, encrypt?.value));
    return success({ ...(encrypt ? { encryptType: encrypt.type } : {}), info });
  }
  const pending = found.some(({ instanceId, pending }) => pending && asked.includes(instanceId));
  return pending ? accepted() : refused(unknownInstance(asked.slice(0, 3).join(', ')));
}

const isReady = (instance: InstanceAnswer): instance is ReadyInstance => !instance.pending;

function wireForm({ instanceId, appInfo, usageInfo }: ReadyInstance, encrypt: ((text: string) => string) | undefined) {
  return { instanceId, appInfo: appInfo && encrypt ? encrypted(appInfo, encrypt) : appInfo, usageInfo };
}

export function encrypted(appInfo: AppInfo, encrypt: (text: string) => string): AppInfo {
  const { userName, password } = appInfo;
  return {
    ...appInfo,
    userName: userName ? encrypt(userName) : userName,
    password: password ? encrypt(password) : password,
  };
}

/** The debugger only looks at the form (1.6). */
const sample = (instanceId: string, origin: string) => ({ instanceId, appInfo: { frontEndUrl: `${origin}/` } });
