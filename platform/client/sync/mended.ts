import { createContext, createElement, type ReactNode, useContext } from 'react'
import type { Row } from '../../sync.ts'
import type { Attention, Recorded, Replica, Seated } from './replica.ts'

/** Work the server refused, opened again in its form. */
const MendedContext = createContext<Attention | undefined>(undefined)
export const MendedProvider = MendedContext.Provider

/** Several forms may lie on one page, of which one mends: in the others everything that is done is new. */
export function MendsHere({ when, children }: { when: boolean; children: ReactNode }) {
  const mended = useContext(MendedContext)
  return createElement(MendedProvider, { value: when ? mended : undefined }, children)
}

/** What is being mended, whatever it is. */
export const useMendedWork = () => useContext(MendedContext)?.mutation

/** What is being mended, if it is of this kind: its values for the form, and the way to record it anew. */
export function useMended(name: string) {
  const mended = useContext(MendedContext)
  if (mended?.mutation.name !== name) return undefined
  const { uid, args } = mended.mutation
  return {
    args: args as Row,
    mend: (replica: Replica, next: unknown, asNow?: { by: Seated | undefined }): Promise<Recorded> =>
      replica.mend(uid, next as Row, asNow),
  }
}
