/** Carriers: what one must be able to tell, and a simulator that only records. */
export type { CourierService, ParcelAsked, ParcelEntry, ParcelLog } from './courier-service.ts';
export { recordingCouriers, recordParcel } from './recording-couriers.ts';
