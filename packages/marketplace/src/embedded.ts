/** The embedded database alone: it can begin while the rest of the marketplace is still being read. */
export { type EmbeddedServer, startEmbedded } from './platform/embedded-postgres/server.ts';
export { systemRandom } from './platform/random.ts';
