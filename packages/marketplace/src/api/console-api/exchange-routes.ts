/** A seller's catalogue as a file: out as YAML or XLSX, and back as drafts. */
import type { Readable } from 'node:stream';
import { exportedProducts, importCatalogue, toWorkbook, toYaml } from '../../catalog/index.ts';
import { ok, refuse } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import { presentDifference, presentFault } from './present-publication.ts';
import { surroundings } from './publication-facts.ts';
import * as schemas from './publication-schemas.ts';
import { type ConsoleRoute, command, nothing, read } from './route.ts';

const MEDIA_TYPES = {
  yaml: 'application/yaml; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export const exchangeRoutes: ConsoleRoute[] = [
  read({
    path: '/catalogue/export',
    summary: 'Products of the seller as a file, with drafts where they are open',
    action: 'catalog.manage',
    query: schemas.exportQuery,
    response: nothing,
    async run({ platform: { db }, scope }, { format, goodsId }) {
      const products = await exportedProducts(db, { scope, goodsId });
      if (!products.ok) return products;
      const headers = {
        'content-type': MEDIA_TYPES[format],
        'content-disposition': `attachment; filename="catalogue.${format}"`,
        'cache-control': 'no-store',
      };
      if (format === 'yaml') return new Response(toYaml(products.value), { headers });
      const workbook = toWorkbook(products.value);
      if (!workbook)
        return refuse('TOO_LONG_FOR_CELL', 'a text is longer than a cell of a workbook holds; export YAML');
      return new Response(bodyOf(workbook), { headers });
    },
  }),
  command({
    path: '/catalogue/imports',
    summary: 'What a file would change, or its import as drafts; with one fault nothing is imported',
    action: 'catalog.manage',
    body: schemas.importInput,
    response: schemas.importResult,
    async run(call, body, tx) {
      const { platform, scope, principal, now } = call;
      const done = await importCatalogue(platform, tx, { scope, by: principal, ...body }, surroundings, now);
      if (!done.ok) return done;
      const { faults, products, applied } = done.value;
      if (applied && scope.kind === 'seller')
        await auditDone(call, tx, { action: 'catalogue.import', object: `seller:${scope.sellerId}`, traceId: null });
      return ok({
        faults: [...faults],
        applied,
        products: products.map(({ goodsId, content, differences, draftFaults }) => ({
          goodsId,
          name: content.name,
          differences: differences.map(presentDifference),
          draftFaults: draftFaults.map(presentFault),
        })),
      });
    },
  }),
];

/** Read as fast as it is taken. */
function bodyOf(stream: Readable): ReadableStream<Uint8Array> {
  const parts = stream[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const next = await parts.next();
      if (next.done) controller.close();
      else controller.enqueue(new Uint8Array(next.value));
    },
    cancel() {
      stream.destroy();
    },
  });
}
