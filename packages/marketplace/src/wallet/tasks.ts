import type { Platform } from '../platform/platform.ts';
import type { TaskHandlers } from '../platform/tasks/marketplace-tasks.ts';
import { END_PURSE, endPurseTask } from './purses.ts';
import { ISSUE_STATEMENT, issueStatement } from './statements.ts';

export const walletTasks = (platform: Platform): TaskHandlers => ({
  [END_PURSE]: endPurseTask(platform),
  [ISSUE_STATEMENT]: issueStatement(platform),
});
