import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import type { Row } from '../../sync.ts'
import type { Replica, SyncStatus } from './replica.ts'

const ReplicaContext = createContext<Replica | undefined>(undefined)
export const ReplicaProvider = ReplicaContext.Provider

/** The local copy the screens are about. Undefined while it is not yet known whose it is. */
export const useReplica = () => useContext(ReplicaContext)

const nothing: readonly never[] = []
const nobody: ReadonlySet<string> = new Set()
const opening: SyncStatus = {
  connection: 'connecting',
  isReady: false,
  heardAt: undefined,
  unsent: 0,
  oldestUnsentAt: undefined,
  needsAttention: 0,
  trouble: undefined,
  lost: 0,
  part: undefined,
}

function useOf<Value>(read: (replica: Replica) => Value, absent: Value, entities?: readonly string[]): Value {
  const replica = useReplica()
  // biome-ignore lint/correctness/useExhaustiveDependencies: entities are named anew at each rendering, by their words
  const watch = useCallback(
    (watcher: () => void) => replica?.watch(watcher, entities) ?? (() => undefined),
    [replica, entities?.join()],
  )
  const get = () => (replica ? read(replica) : absent)
  return useSyncExternalStore(watch, get, () => absent)
}

export const useSyncStatus = (): SyncStatus => useOf((replica) => replica.status, opening)

export const useRows = <R extends Row>(entity: string): readonly R[] =>
  useOf((replica) => replica.rows<R>(entity), nothing, [entity])

export const useRow = <R extends Row>(entity: string, id: string): R | undefined =>
  useOf((replica) => replica.row<R>(entity, id), undefined, [entity])

/** The ids of rows that carry something not yet acknowledged by the server. */
export const useUnsentIds = (entity: string): ReadonlySet<string> =>
  useOf((replica) => replica.unsentIds(entity), nobody, [entity])
