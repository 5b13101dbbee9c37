/** What may follow what in a task table: seller calls, deliveries of notices and the marketplace's own tasks alike. */
import type { Transitions } from '../state-machine.ts';
import type { TaskState } from './task-table.ts';

export const taskTransitions: Transitions<TaskState> = {
  // leased by a worker; no longer needed; a person stops the repeats
  DUE: ['RUNNING', 'RESOLVED', 'STOPPED'],
  // its outcome; put back when the worker died or the attempt is to be repeated
  RUNNING: ['SUCCEEDED', 'DUE', 'STOPPED', 'RESOLVED'],
  // restarted by a person; overtaken by a newer one, or done by hand
  STOPPED: ['DUE', 'RESOLVED'],
  SUCCEEDED: [],
  RESOLVED: [],
};
