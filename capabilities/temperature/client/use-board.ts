import { useApi } from '@opsflow/platform/client/api-context'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useMemo, useState } from 'react'
import type { temperatureRoutes } from '../routes.ts'
import { type Board, type BoardPlace, type BoardRows, boardOf, nextDue } from './board.ts'
import { useBoardRows } from './rows.ts'

export type BoardState = {
  /** Undefined: neither the local copy nor the server has told anything yet. */
  snapshot: Board | undefined
  /** Why there is nothing to show. */
  error: unknown
  refresh: () => void
}

const BoardContext = createContext<BoardState | undefined>(undefined)
export const BoardProvider = BoardContext.Provider

/** The board of this organization. It goes on without a network; how old it is, `useSyncStatus` knows. */
export function useBoard(): BoardState {
  const board = useContext(BoardContext)
  if (!board) throw new Error('useBoard is called outside BoardProvider.')
  return board
}

const countEveryMs = 180_000

/** What the server counts. It is also the first thing a new device can show, until its local copy is whole. */
function useCounted() {
  const call = useApi<typeof temperatureRoutes>()
  return useQuery({
    queryKey: ['dashboard'],
    queryFn: ({ signal }) => call('GET /dashboard', { signal }),
    refetchInterval: countEveryMs,
  })
}

/**
 * The board as the local copy tells it. On a device whose copy is not whole yet, what the server counted at the start
 * stands in.
 */
export function useBoardState(places: readonly BoardPlace[] | undefined): BoardState {
  const rows = useBoardRows()
  const { isReady } = useSyncStatus()
  const { data, dataUpdatedAt, error, refetch } = useCounted()
  const now = useDueClock(rows.tasks)
  const snapshot = useMemo((): Board | undefined => {
    if (isReady && places) {
      return boardOf(rows, places, data && { at: dataUpdatedAt, locations: data.locations }, now)
    }
    return data && { ...data, countedAt: dataUpdatedAt }
  }, [isReady, places, rows, data, dataUpdatedAt, now])
  return useMemo(
    () => ({ snapshot, error: snapshot ? undefined : error, refresh: refetch }),
    [snapshot, error, refetch],
  )
}

const longestWaitMs = 60_000

/** The time, told anew when the next task becomes overdue or missed. */
function useDueClock(tasks: BoardRows['tasks']) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const due = nextDue(tasks, now)
    if (due === undefined) return
    const look = () => Date.now() > due && setNow(Date.now())
    const timer = setInterval(look, Math.max(1000, Math.min(longestWaitMs, due - Date.now() + 1)))
    return () => clearInterval(timer)
  }, [tasks, now])
  return now
}
