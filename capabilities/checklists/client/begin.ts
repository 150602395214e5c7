import { useApi } from '@opsflow/platform/client/api-context'
import { useMutation } from '@tanstack/react-query'
import type { checklistRoutes } from '../checklist-routes.ts'

/** Begins one by hand where the server can be reached; it comes to the device with everything it asks. */
export function useBeginOfTemplate() {
  const call = useApi<typeof checklistRoutes>()
  return useMutation({
    mutationFn: (body: { id: string; templateId: string; locationId: string }) => call('POST /checklists', { body }),
  })
}
