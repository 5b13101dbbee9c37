import { defineConfig, mergeConfig } from 'vite';
import base from '../vite.config.ts';
import { fakeApi } from './fake-api.ts';

/** What the real server sends, so that a page that breaks it breaks here first. */
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";

/** The console over an in-memory API, for working on pages without a server. Not part of the build that is served. */
export default mergeConfig(
  base,
  defineConfig({
    plugins: [fakeApi()],
    build: { outDir: 'dev/dist' },
    server: { proxy: {} },
    preview: { headers: { 'Content-Security-Policy': policy } },
  }),
);
