/** All addresses of the console (`routes/`). Pages are loaded when first visited; filters are typed search parameters. */
import { createRouter } from '@tanstack/react-router';
import { toSearch } from './api/http.ts';
import { buyerRoutes } from './routes/buyer.tsx';
import { interfacesRoutes } from './routes/interfaces.tsx';
import { moneyRoutes } from './routes/money.tsx';
import { operatorRoutes } from './routes/operator.tsx';
import { peopleRoutes } from './routes/people.tsx';
import { root } from './routes/root.tsx';
import { sellerRoutes } from './routes/seller.tsx';
import * as params from './search/params.ts';

/** The router over the browser's address bar. */
export function createConsoleRouter() {
  return createRouter({
    routeTree: root.addChildren([
      ...buyerRoutes,
      ...interfacesRoutes,
      ...moneyRoutes,
      ...operatorRoutes,
      ...peopleRoutes,
      ...sellerRoutes,
    ]),
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch: params.readQueryString,
    stringifySearch: toSearch,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
