import { usePhotoOutbox } from '@opsflow/platform/client/files/use-photos'
import { useSimpleWrite } from '@opsflow/platform/client/sync/use-write'
import { useMutation } from '@tanstack/react-query'
import type { NamedPhoto } from '../evidence.ts'

/**
 * Another photo in the place of one that was not kept: its name goes into the outbox, then the old bytes are forgotten.
 */
export function useReplacePhoto(fileId: string) {
  const photos = usePhotoOutbox()
  const replace = useSimpleWrite(
    { name: 'evidence.replace', load: async () => (await import('../sync.ts')).evidenceMutators.replace },
    (photo: NamedPhoto) => ({ fileId, photo }),
  )
  return useMutation({
    networkMode: 'always',
    mutationFn: async (photo: NamedPhoto) => {
      await replace.mutateAsync(photo)
      await photos?.drop(fileId)
    },
  })
}
