import type { z } from 'zod'

/** The events a socket hears: those of the vision, and `poke` for what has no event of its own. */
export const SOCKET_EVENTS = ['task-update', 'temperature-reading', 'alert', 'audit-update', 'poke'] as const

/**
 * A kind of fact a capability announces: its name (past tense), its shape, who may hear it, and what it is
 * called on the socket. Facts are rows written in the transaction that made them true; one relay carries them.
 */
export type FactType<S extends z.ZodType = z.ZodType> = {
  name: string
  /** The Socket.IO event clients receive. */
  event: (typeof SOCKET_EVENTS)[number]
  schema: S
  /** The scope whose version this fact advances: a location's id, or the organization's. */
  scope: (fact: z.output<S>) => string
  /** The room that hears it. Rooms are joined by grant on connect, never by the client's request. */
  room: (fact: z.output<S>) => string
}

export const defineFact = <S extends z.ZodType>(type: FactType<S>): FactType<S> => type

export const locationRoom = (locationId: string) => `location:${locationId}`
export const memberRoom = (memberId: string) => `member:${memberId}`
/** Everyone who follows the scope: with an organization's id, everyone in it. */
export const scopeRoom = (scopeId: string) => `scope:${scopeId}`
