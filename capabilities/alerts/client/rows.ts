import { useApi } from '@opsflow/platform/client/api-context'
import { useRows } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Matter } from '../matter.ts'
import { inOrder, isUnread, noticeOf } from '../notice-of.ts'
import type { alertRoutes } from '../routes.ts'
import { MATTER } from '../sync-entities.ts'
import type { Kind } from '../words.ts'

export type MatterFilter = {
  /** mine: I was told · open: all that are open here · closed: over. */
  view: 'mine' | 'open' | 'closed'
  kind?: Kind | undefined
  locationId?: string | undefined
}

/** Matters of the local copy, narrowed and in order: one thread each. */
export function useMatters({ view, kind, locationId }: MatterFilter, now: number): readonly Matter[] {
  const rows = useRows<Matter>(MATTER)
  const { memberId } = useViewer()
  return useMemo(() => {
    const shown = rows.filter(
      (matter) =>
        (kind === undefined || matter.kind === kind) &&
        (locationId === undefined || matter.locationId === locationId) &&
        (view === 'closed') === (matter.closedAt !== null) &&
        (view !== 'mine' || noticeOf(matter, memberId) !== undefined),
    )
    return inOrder(shown, memberId, now)
  }, [rows, memberId, view, kind, locationId, now])
}

/** How many threads I was told of and have not read. */
export function useUnreadCount(): number {
  const rows = useRows<Matter>(MATTER)
  const { memberId } = useViewer()
  return useMemo(() => rows.filter((matter) => isUnread(matter, memberId)).length, [rows, memberId])
}

/** What only the server has: asked for when someone looks beyond the local copy. */
export function useOlderMatters({ kind, locationId }: Omit<MatterFilter, 'view'>, enabled: boolean) {
  const call = useApi<typeof alertRoutes>()
  return useInfiniteQuery({
    enabled,
    queryKey: ['matters', 'closed', kind, locationId],
    queryFn: ({ signal, pageParam }) =>
      call('GET /matters', { query: { limit: 50, cursor: pageParam, state: 'closed', kind, locationId }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
}
