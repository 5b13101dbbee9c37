import type { AssetKindView, AssetStateView } from '@jishi/marketplace/console-api';
import * as z from 'zod/mini';
import { compact, oneOf, paging, text } from './params.ts';

/** What stands in the URL of the pages of assets. */
export const assetKinds = [
  'APPLICATION',
  'IMAGE',
  'DATA_FILE',
  'AI_MODEL',
  'CONTAINER',
  'API_GROUP',
] as const satisfies readonly AssetKindView[];
export const assetStates = ['SCANNING', 'APPROVED', 'REJECTED'] as const satisfies readonly AssetStateView[];

const schema = z.object({ ...paging, kind: oneOf(assetKinds), state: oneOf(assetStates), q: text(100) });
export const parseAssetSearch = (raw: unknown): z.infer<typeof schema> => compact(schema.parse(raw));

/** Which kind a new asset is of; the form changes with it. */
const newSchema = z.object({ kind: oneOf(assetKinds) });
export const parseNewAssetSearch = (raw: unknown): z.infer<typeof newSchema> => compact(newSchema.parse(raw));
