import { defineServerMutator } from '@opsflow/platform/server/sync/registry'
import { evidenceMutators as of } from '../sync.ts'
import { bringReplacement } from './replace-photo.ts'
import { placeOfFile } from './store.ts'

export const evidenceServerMutators = [
  defineServerMutator({
    mutator: of.replace,
    permission: 'evidence.add',
    place: (tx, { fileId }) => placeOfFile(tx, fileId),
    run: (tx, { fileId, photo }, when) => bringReplacement(tx, fileId, photo, when),
  }),
]
