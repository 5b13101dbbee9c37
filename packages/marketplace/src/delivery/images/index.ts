/** Sharing of images: what a cloud must be able to do, and a simulator that only records it. */
export type { ImageService, ImageShare, SharedImage, ShareOutcome } from './image-service.ts';
export {
  type RecordedShare,
  recordedShare,
  recordImage,
  recordingImages,
  recordingImagesSchema,
} from './recording-images.ts';
