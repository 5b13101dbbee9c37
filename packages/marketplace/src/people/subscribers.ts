/** The directory changed, or an enterprise is no more: its applications are told (E-11, E-14, E-28, E-32). */
import { DIRECTORY_CHANGED, ENTERPRISE_DISSOLVED, enterpriseChanged } from '../directory/index.ts';
import type { Subscription } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { recordEnded } from './activity/index.ts';
import { applicationById, applicationsOf, setApplicationState } from './store.ts';
import { endTask, openTasks, releaseNext, skipRest } from './task-store.ts';
import { enqueueTask } from './tasks.ts';
import { setLeft } from './told-store.ts';

export function peopleSubscriptions(platform: () => Platform): Subscription[] {
  return [
    {
      name: 'people:follow-directory',
      types: [DIRECTORY_CHANGED],
      async handle(tx, events) {
        const now = platform().clock.now();
        const last = new Map(events.map(enterpriseChanged).map((each) => [each.enterpriseId, each]));
        for (const { enterpriseId, by } of last.values())
          for (const application of await applicationsOf(tx, enterpriseId))
            if (application.state === 'BOUND' || application.state === 'BINDING')
              await enqueueTask(platform().random, tx, application, 'DIRECTORY', by, now);
      },
    },
    {
      name: 'people:unbind',
      types: [ENTERPRISE_DISSOLVED],
      async handle(tx, events) {
        const now = platform().clock.now();
        for (const { enterpriseId, by } of events.map(enterpriseChanged)) {
          // what waits for a decision needs none any more
          for (const task of await openTasks(tx, [enterpriseId])) {
            await setLeft(tx, task.applicationId, await skipRest(tx, task.taskId), now);
            await endTask(tx, task.taskId, 'STOPPED', now);
          }
          for (const { applicationId } of await applicationsOf(tx, enterpriseId)) {
            const application = await applicationById(tx, applicationId, true);
            if (!application) continue;
            await setApplicationState(tx, applicationId, 'ENDED');
            await recordEnded(tx, applicationId, now);
            await enqueueTask(platform().random, tx, application, 'DISSOLVE', by, now);
            await releaseNext(tx, applicationId, now);
          }
        }
      },
    },
  ];
}
