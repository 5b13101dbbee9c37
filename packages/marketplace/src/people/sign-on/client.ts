/** A bound application as a client of OAuth 2.0: what applicationSync told its product (saas-v2.md 7.2). */
import type { AdapterPayload } from 'oidc-provider';
import type { Db } from '../../platform/database/database.ts';
import type { KeyRing } from '../../platform/key-ring.ts';
import { applicationOfClient } from './entry.ts';

/** Nobody signs in where the seller has set no login address (E-31). */
export async function clientOf(
  { db, keys }: { readonly db: Db; readonly keys: KeyRing },
  clientId: string,
): Promise<AdapterPayload | undefined> {
  const found = await applicationOfClient(db, clientId);
  if (!found || found.credential.loginUrl === '') return undefined;
  const { application, credential } = found;
  return {
    client_id: clientId,
    client_secret: keys.open(application.sealedSecret, 'people.client-secret'),
    client_name: application.productName.en,
    redirect_uris: [credential.loginUrl],
    post_logout_redirect_uris: afterLogout(credential.loginUrl),
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    // the library takes `client_secret_post`, which saas-v2.md 11 prints, just as well
    token_endpoint_auth_method: 'client_secret_basic',
  };
}

/** After signing out: the login address, and the front page of its server. */
export const afterLogout = (loginUrl: string): string[] => [...new Set([loginUrl, new URL('/', loginUrl).href])];
