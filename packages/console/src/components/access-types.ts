import type { ProductFilters } from '@jishi/marketplace/console-api';

/** What is sold, in the order in which it is offered: for filters and choices. */
export const accessTypes = [
  'SAAS',
  'LICENSE',
  'IMAGE',
  'SERVICE',
  'HARDWARE',
  'API',
  'AI',
  'DATA',
  'CONTAINER',
  'ORCHESTRATION',
  'CONTENT',
  'CONSULTING',
] as const satisfies readonly ProductFilters['accessType'][];
