/** What the cases of one run learn for those after them. Each is asked for when the first case needs it, and once only. */
import { type DiagnosisCode, KIT_FLAGS, KIT_PADDINGS, type KitPadding } from '@jishi/protocol';
import type { Session } from '../case.ts';
import { askKit } from './call.ts';
import type { KitReply, Told } from './reply.ts';
import { asCredential, newScene, type Scene, tenantBody } from './scene.ts';

/** The tenant of the run, and what was answered when it was added. */
export interface Begun {
  readonly scene: Scene;
  readonly reply: KitReply;
  /** what was answered when an instance was named that the seller does not know; null = it does not ask */
  readonly unknownInstance: KitReply | null;
}

export interface KitMemory extends Told {
  /** the one to send secrets with: the marketplace's own until the seller turns out to know another only */
  padding: KitPadding;
  readonly begun: (session: Session) => Promise<Begun>;
  readonly live: (session: Session) => Promise<Begun>;
  /** whether anything live has been told */
  readonly isLiveBegun: () => boolean;
}

export function newMemory(): KitMemory {
  let isLiveBegun = false;
  return {
    said: new Set<DiagnosisCode>(),
    padding: KIT_PADDINGS[0],
    begun: once((session) => begin(session, newScene(session, 1), 'tenantSync, the plainest call')),
    live: once((session) => {
      isLiveBegun = true;
      return begin(session, newScene(session, 0), 'live: tenantSync, add');
    }),
    isLiveBegun: () => isLiveBegun,
  };
}

/**
 * Adds the tenant. A seller may answer 000003 to the add for an instance that it never made; everything is then told as for a
 * credential, without instance and order, which every seller has to take (saas-v2.md 7).
 */
async function begin(session: Session, scene: Scene, label: string): Promise<Begun> {
  const reply = await askKit(session, 'tenantSync', tenantBody(session, scene, KIT_FLAGS.add), label);
  if (reply.content.resultCode !== '000003') return { scene, reply, unknownInstance: null };
  const without = asCredential(scene);
  const body = tenantBody(session, without, KIT_FLAGS.add);
  const again = await askKit(session, 'tenantSync', body, `${label}, as for a credential`);
  return { scene: without, reply: again, unknownInstance: reply };
}

function once<T>(make: (session: Session) => Promise<T>): (session: Session) => Promise<T> {
  let made: Promise<T> | null = null;
  return (session) => {
    made ??= make(session);
    return made;
  };
}
