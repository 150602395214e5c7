import { useReplica } from '@opsflow/platform/client/sync/use-replica'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { ChecklistTemplate } from '../template.ts'

/** All that is edited of a template. */
export type Doc = Pick<ChecklistTemplate, 'name' | 'category' | 'draft'>

/**
 * What someone wrote here at a time of this device, and the server does not have as far as it said, with the template it
 * was written on. `sent`: went out and was never answered; it may have arrived.
 */
export type KeptDraft = { at: number; template: ChecklistTemplate; doc: Doc; sent?: Doc | undefined }

const KIND = 'draft'
const memoOf = (id: string) => `${KIND}/${id}`
const listKey = ['drafts-here']

/** A draft this device keeps, as it was when the page was opened; null: none. */
export function useKeptDraft(id: string) {
  const replica = useReplica()
  return useQuery({
    enabled: replica !== undefined,
    networkMode: 'always',
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    queryKey: ['draft-here', id],
    queryFn: async () => (await replica?.memo<KeptDraft>(memoOf(id))) ?? null,
  })
}

/** Keeps it, or lets it go. True once it is on the disk; false where this device has no room, or keeps nothing. */
export function useKeepDraft(id: string) {
  const replica = useReplica()
  const queries = useQueryClient()
  return useCallback(
    async (draft: KeptDraft | undefined): Promise<boolean> => {
      if (!replica) return false
      const isKept = await replica.keepMemo(memoOf(id), draft).then(
        () => true,
        () => false,
      )
      void queries.invalidateQueries({ queryKey: listKey })
      return isKept
    },
    [replica, queries, id],
  )
}

export type DraftHere = { id: string; name: string; at: number }

/** Those that wait here, the latest first. */
export function useDraftsHere(): readonly DraftHere[] {
  const replica = useReplica()
  const { data } = useQuery({
    enabled: replica !== undefined,
    networkMode: 'always',
    staleTime: 0,
    queryKey: listKey,
    queryFn: async () => (await replica?.memos<KeptDraft>(KIND)) ?? [],
  })
  return (data ?? [])
    .map(([name, { at, doc }]) => ({ id: name.slice(KIND.length + 1), name: doc.name, at }))
    .sort((a, b) => b.at - a.at)
}

/** Lets one go. Resolves with the way back. */
export function useDropDraft() {
  const replica = useReplica()
  const queries = useQueryClient()
  return async (id: string) => {
    const before = await replica?.memo<KeptDraft>(memoOf(id))
    const put = async (draft: KeptDraft | undefined) => {
      await replica?.keepMemo(memoOf(id), draft)
      await queries.invalidateQueries({ queryKey: listKey })
    }
    await put(undefined)
    return () => void put(before)
  }
}
