import type { Replica } from '@opsflow/platform/client/sync/replica'
import { useReplica, useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useCallback, useEffect, useState } from 'react'

export const useUnsentWork = () => useListed(readUnsent, useSyncStatus().unsent)
export const useAttention = () => useListed(readAttention, useSyncStatus().needsAttention)

const readUnsent = (replica: Replica) => replica.unsentWork()
const readAttention = (replica: Replica) => replica.attention()

/** Read anew whenever its count changes. No items: not read yet. */
function useListed<Item>(read: (replica: Replica) => Promise<readonly Item[]>, count: number) {
  const replica = useReplica()
  const [listed, setListed] = useState<{ items?: readonly Item[]; error?: unknown }>({})
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count and another try say when to read again
  useEffect(() => {
    let isStale = false
    replica &&
      read(replica).then(
        (items) => isStale || setListed({ items }),
        (error: unknown) => isStale || setListed({ error }),
      )
    return () => {
      isStale = true
    }
  }, [replica, read, count, tries])
  const retry = useCallback(() => setTries((before) => before + 1), [])
  return { ...listed, retry }
}
