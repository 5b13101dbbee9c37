import { type SellerServer, wrongMethod } from '../engine.ts';

/**
 * One address for products of both protocols: `GET` is V1.0, `POST` is V2.0, anything else is refused with 405. Each server
 * keeps its own key and handlers; both may share the store and the data behind them.
 *
 * @example
 * const server = bothProtocols({ v1: createSellerServerV1(old), v2: createSellerServer(current) });
 */
export function bothProtocols(servers: { readonly v1: SellerServer; readonly v2: SellerServer }): SellerServer {
  return {
    async fetch(request) {
      if (request.method === 'GET') return servers.v1.fetch(request);
      if (request.method === 'POST') return servers.v2.fetch(request);
      return wrongMethod('GET', 'POST');
    },
  };
}
