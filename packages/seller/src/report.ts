import type { SellerEvent } from './events.ts';

/** A listener's own failure must never change what the marketplace hears. */
export function reporter(onEvent: ((event: SellerEvent) => void) | undefined): (event: SellerEvent) => void {
  return (event) => {
    try {
      onEvent?.(event);
    } catch {
      // Where would one report the failure of reporting? The call itself goes on.
    }
  };
}
