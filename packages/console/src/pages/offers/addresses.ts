/** Addresses of the console that sellers hand on. Pure. */

/** Where the link and the QR code of an offer lead to. @param link path below the console, as the server gives it */
export const offerAddress = (origin: string, link: string): string => new URL(link, origin).href;

/** The purchase link of one specification, also of a hidden one (C42). */
export function purchaseLink(origin: string, goodsId: string, specificationId: string): string {
  const address = new URL(`/products/${encodeURIComponent(goodsId)}`, origin);
  address.searchParams.set('specificationId', specificationId);
  return address.href;
}
