import { can } from '../../actor.ts'
import { Refusal } from '../../refusal.ts'
import type { MutationResult, Outcome } from '../../sync.ts'
import type { Log } from '../log.ts'
import { isPassing } from '../passing.ts'
import type { Tx } from '../tenant.ts'
import type { Ran } from './registry.ts'
import type { Aside, LoggedMutation } from './store-mutations.ts'
import type { Taken } from './take-up.ts'

/** Does it as the person who did it, in a savepoint of its own, and says what became of it. */
export async function runMutation(tx: Tx, taken: Taken, log: Log, aside: Aside): Promise<LoggedMutation> {
  const { asked, doer } = taken
  if (asked instanceof Refusal) return refused(taken, null, asked)
  if (doer instanceof Refusal) return refused(taken, null, doer)
  const { mutator, args } = asked
  const place = await mutator.place(tx, args)
  if (!doer.may) return setAside(taken, place, doer)
  // What it is about may be what was set aside before it: they are decided about together.
  if (place === null && aside) return setAside(taken, aside.locationId, FOLLOWS)
  if (place !== null && !can(doer.actor, mutator.permission, place)) return setAside(taken, place, RIGHT_LOST)
  try {
    const ran = await tx.savepoint(() =>
      tx.as({ ...doer.actor, doing: doingOf(taken) }, (theirs) =>
        mutator.run(theirs, args, { ...taken.occurrence, proved: doer.proved }),
      ),
    )
    return done(taken, place, ran)
  } catch (error) {
    if (isPassing(error)) throw error
    if (error instanceof Refusal && isRightLost(error)) return setAside(taken, place, reasonOf(error))
    if (error instanceof Refusal) return refused(taken, place, error)
    log.error({ err: error, mutation: taken.sent.name, uid: taken.sent.uid }, 'bug')
    return refused(taken, place, FAILED)
  }
}

/** What the log notes beside who: the command, its name for all time, and when the device says it was done. */
const doingOf = ({ sent, occurrence }: Taken) =>
  `${sent.name} ${sent.uid} at ${new Date(occurrence.at).toISOString()} (${occurrence.quality})`

const RIGHT_LOST = {
  code: 'sync.right_lost',
  detail: 'You may not do this there any more. A manager decides what becomes of it.',
}
const FOLLOWS = {
  code: 'sync.follows_set_aside',
  detail: 'It is about work that waits for a manager, and waits with it.',
}
/** Other rules forbid too, such as that a verifier took no part: those are the person’s to hear. */
const isRightLost = ({ kind, code }: Refusal) => kind === 'forbidden' && code === 'forbidden'
const FAILED = new Refusal('invalid', 'sync.failed', {
  detail: 'The server could not do this. It has been noted; nothing of it was lost.',
})

const done = (taken: Taken, place: string | null, ran: Ran | undefined) =>
  outcomeOf(taken, place, ran?.outcome ?? 'applied', { code: ran?.code ?? null, detail: ran?.detail ?? null })

const refused = (taken: Taken, place: string | null, why: Refusal) => outcomeOf(taken, place, 'refused', reasonOf(why))

export const setAside = (taken: Taken, place: string | null, { code, detail }: { code: string; detail: string }) =>
  outcomeOf(taken, place, 'quarantined', { code, detail })

const reasonOf = ({ code, details }: Refusal) => ({ code, detail: details.detail ?? code, errors: details.errors })

function outcomeOf(
  taken: Taken,
  locationId: string | null,
  outcome: Outcome,
  why: { code: string | null; detail: string | null; errors?: MutationResult['errors'] | undefined },
): LoggedMutation {
  const { sent, occurrence } = taken
  const result: MutationResult = {
    mid: sent.mid,
    uid: sent.uid,
    outcome,
    code: why.code,
    detail: why.detail,
    errors: why.errors ?? [],
    occurredAt: occurrence.at,
    timeQuality: occurrence.quality,
  }
  return { taken, locationId, result }
}
