import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ImportPlan } from '../import-plan.ts'

type Chosen = { file: File; columns?: string | undefined }
export type TableSource = {
  send: (body: Uint8Array, query: { columns?: string | undefined; plan?: string | undefined }) => Promise<ImportPlan>
  fetch: () => Promise<string>
  fileName: string
}

/** A table to take out and to read in: what a file would do, doing it, and the file of what is there. */
export function useTableFile({ send, fetch, fileName }: TableSource) {
  const queries = useQueryClient()
  const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer())
  return {
    preview: useMutation({
      mutationFn: async ({ file, columns }: Chosen) => send(await bytesOf(file), { columns }),
    }),
    apply: useMutation({
      mutationFn: async ({ file, columns, plan }: Chosen & { plan: string }) =>
        send(await bytesOf(file), { columns, plan }),
      onSuccess: () => queries.invalidateQueries(),
    }),
    download: useMutation({ mutationFn: async () => save(fileName, await fetch()) }),
  }
}
export type TableFile = ReturnType<typeof useTableFile>

function save(fileName: string, text: string) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  Object.assign(document.createElement('a'), { href: address, download: fileName }).click()
  URL.revokeObjectURL(address)
}
