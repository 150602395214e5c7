import type { Session } from '@opsflow/capabilities/people'
import type { ReactNode } from 'react'

/** What the app lends to a tablet: its local copy, the board made of it, and the way to give back what it holds. */
export type TabletParts = {
  /** Opens this tablet's one local copy around all who work on it. */
  replica: (tablet: { organizationId: string; kioskId: string; name: string }, children: ReactNode) => ReactNode
  /** The board as this person sees it. */
  board: (session: Session, work: ReactNode) => ReactNode
  /** How much waits to be sent and since when. */
  unsent: ReactNode
  /** What the server did not do of it: to mend, to save, or for a manager to discard. */
  attention: ReactNode
  /** What is late, failed or unanswered there, and below it the rest. */
  matters: (here: MattersOnTablet) => ReactNode
  /** Food processes: what runs by the clock there, one of them, or a new one. */
  processes: (
    at: { at: 'home' | 'new'; locationId: string; onBegun: (id: string) => void } | { at: 'one'; id: string },
  ) => ReactNode
  /** A form, with what was typed in it and refused. */
  mending: (uid: string, form: ReactNode) => ReactNode
  /** Hands over everything unsent in this browser without a session. Throws when that is not possible now. */
  deliver: () => Promise<void>
  /** Everything unsent, as a file in somebody's hands. */
  save: () => Promise<void>
}

export type MattersOnTablet = {
  locationId: string
  /** Alarms, and the work they brought, that stand beside it and ask the same. */
  without: ReadonlySet<string>
  /** Where what a matter is about is done, where that is not the task it names: the corrective action. */
  doneAt: ReadonlyMap<string, string>
  /** What stands among the matters stands nowhere else: `shown` are their subjects. */
  rest: (shown: ReadonlySet<string>) => ReactNode
}
