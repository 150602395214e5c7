import { useLiveState } from '@opsflow/platform/client/use-live'
import { createContext, useContext } from 'react'
import type { BoardStore } from './board.ts'

const BoardContext = createContext<BoardStore | undefined>(undefined)
export const BoardProvider = BoardContext.Provider

/** The live board of this organization: what is known now, and whether it is still being kept up to date. */
export function useBoard() {
  const store = useContext(BoardContext)
  if (!store) throw new Error('useBoard is called outside BoardProvider.')
  return { ...useLiveState(store), refresh: () => store.refresh() }
}
