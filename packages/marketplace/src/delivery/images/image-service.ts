/**
 * The cloud that images are shared in, as far as a marketplace needs it (license-and-other-types.md 7.3, Q10): a grant
 * lets one account start servers from one image of one region. A cloud of one's own implements this interface; the
 * recording simulator is used where there is none.
 */
export interface ImageShare {
  /** together with the region the identity of the grant: sharing is idempotent for it */
  readonly orderLineId: string;
  readonly regionId: string;
  /** of the copy in that region */
  readonly imageId: string;
  /** of the buyer */
  readonly accountId: string;
  /** what was sold: hexadecimal SHA-256 of the image version */
  readonly sha256: string;
}
export type SharedImage = Pick<ImageShare, 'orderLineId' | 'regionId'>;

export type ShareOutcome =
  /** a repeat gives the same id */
  | { readonly kind: 'SHARED'; readonly shareId: string }
  /** the image in the region is not what was sold: the grant fails, the line is refunded (S7-7) */
  | { readonly kind: 'MISMATCH'; readonly seen: string };

export interface ImageService {
  /**
   * Shares, or confirms that it is shared; another image of the same grant takes the former one's place.
   * @throws when the cloud can not be asked now: the same call is made again later
   */
  share(share: ImageShare): Promise<ShareOutcome>;
  /** No new servers from now on, running ones go on; nothing to revoke is no fault. @throws as `share` */
  revoke(shared: SharedImage): Promise<void>;
}
