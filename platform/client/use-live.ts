import { useSyncExternalStore } from 'react'
import type { LiveStore, Versioned } from './live.ts'

/** The live state, rendered anew whenever it changes. */
export const useLiveState = <Snapshot extends Versioned>(store: LiveStore<Snapshot>) =>
  useSyncExternalStore(
    store.watch,
    () => store.state,
    () => store.state,
  )
