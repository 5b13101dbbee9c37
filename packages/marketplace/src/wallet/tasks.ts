import type { Platform } from '../platform/platform.ts';
import type { TaskHandlers } from '../platform/tasks/marketplace-tasks.ts';
import { END_PURSE, endPurseTask, PURSE_ENDING, purseEndingTask } from './purses.ts';
import { ISSUE_STATEMENT, issueStatement, STATEMENT_DUE, statementDueTask } from './statements.ts';

export const walletTasks = (platform: Platform): TaskHandlers => ({
  [END_PURSE]: endPurseTask(platform),
  [PURSE_ENDING]: purseEndingTask(platform),
  [ISSUE_STATEMENT]: issueStatement(platform),
  [STATEMENT_DUE]: statementDueTask(platform),
});
