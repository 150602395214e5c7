import { createContext, useContext } from 'react'
import type { Replica } from './replica.ts'

/** Who does it, where that is not simply the person whose session sends. */
export type Seated = NonNullable<Parameters<Replica['mutate']>[2]>

/**
 * A place at a shared tablet: who is at it, and how they sign what is critical. `sign` refuses a wrong PIN; `why` says in
 * words why a PIN was not taken.
 */
export type Seat = { by: Seated; sign: (pin: string) => Promise<Seated>; why: (error: unknown) => string }

const SeatContext = createContext<Seat | undefined>(undefined)
export const SeatProvider = SeatContext.Provider

/** Undefined on a device of one's own. */
export const useSeat = () => useContext(SeatContext)
