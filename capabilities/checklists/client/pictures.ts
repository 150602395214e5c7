import { useApi } from '@opsflow/platform/client/api-context'
import { useMutation } from '@tanstack/react-query'
import type { pictureRoutes } from '../picture-routes.ts'

/** Made small on this device. The answer is what an item names. */
export function useAddPicture() {
  const call = useApi<typeof pictureRoutes>()
  return useMutation({
    mutationFn: async (picture: Blob) => {
      const body = new Uint8Array(await picture.arrayBuffer())
      return call('POST /checklist-pictures', { body, contentType: 'application/octet-stream' })
    },
  })
}
