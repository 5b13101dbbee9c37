/**
 * What a marketplace asks carriers (L37, S-46): the log of a parcel by its number, and the receiver's phone as the carrier
 * has it. An installation with a contract implements this interface; the recording simulator is used where there is none.
 */
export interface ParcelAsked {
  readonly carrier: string;
  readonly trackingNo: string;
}

export interface ParcelEntry {
  readonly at: Date;
  readonly what: 'MOVING' | 'SIGNED' | 'RETURNED';
  readonly text: string;
}

export interface ParcelLog {
  /** as the carrier shows it, often its last four digits only; null = it does not say */
  readonly phone: string | null;
  /** oldest first */
  readonly entries: readonly ParcelEntry[];
}

export interface CourierService {
  /** @returns null = the carrier does not know the parcel. @throws when it can not be asked now: it is asked again */
  follow(parcel: ParcelAsked): Promise<ParcelLog | null>;
}
