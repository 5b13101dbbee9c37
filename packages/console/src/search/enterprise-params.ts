import * as z from 'zod/mini';
import { compact, oneOf, paging, text } from './params.ts';

/** What stands in the URL of the pages of an enterprise. */

export const taskKinds = ['BIND', 'AUTHORISE', 'DIRECTORY', 'RESYNC', 'DISSOLVE'] as const;
export const taskStates = ['QUEUED', 'RUNNING', 'WAIT_DECISION', 'STOPPED', 'SUCCEEDED'] as const;

const schemas = {
  people: z.object({
    ...paging,
    department: text(64),
    group: text(64),
    q: text(100),
    enabled: oneOf(['true', 'false']),
  }),
  log: z.object({ ...paging, kind: oneOf(taskKinds), state: oneOf(taskStates) }),
};
export type PeopleSearch = z.infer<typeof schemas.people>;
export type LogSearch = z.infer<typeof schemas.log>;

export const parsePeopleSearch = (raw: unknown): PeopleSearch => compact(schemas.people.parse(raw));
export const parseLogSearch = (raw: unknown): LogSearch => compact(schemas.log.parse(raw));
