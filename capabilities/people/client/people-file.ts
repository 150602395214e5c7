import { useTableFile } from '@opsflow/capabilities/locations/client'
import { useApi } from '@opsflow/platform/client/api-context'
import type { peopleFileRoutes } from '../people-file-routes.ts'

/** People out to a spreadsheet, and in from one. */
export function usePeopleFile() {
  const call = useApi<typeof peopleFileRoutes>()
  return useTableFile({
    fileName: 'people.csv',
    fetch: () => call('GET /member-export'),
    send: (body, query) => call('POST /member-imports', { body, query }),
  })
}
