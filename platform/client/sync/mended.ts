import { createContext, useContext } from 'react'
import type { Row } from '../../sync.ts'
import type { Attention, Recorded, Replica } from './replica.ts'

/** Work the server refused, opened again in its form. */
const MendedContext = createContext<Attention | undefined>(undefined)
export const MendedProvider = MendedContext.Provider

/** What is being mended, if it is of this kind: its values for the form, and the way to record it anew. */
export function useMended(name: string) {
  const mended = useContext(MendedContext)
  if (mended?.mutation.name !== name) return undefined
  const { uid, args } = mended.mutation
  return {
    args: args as Row,
    mend: (replica: Replica, next: unknown): Promise<Recorded> => replica.mend(uid, next as Row),
  }
}
