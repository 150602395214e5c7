import type { Policy } from './policy.ts'
import { quietUntil } from './quiet.ts'
import type { Audience, QuietHours, Way } from './words.ts'

/** Someone who may be told, as they want to be told. */
export type Recipient = {
  id: string
  zone: string
  quiet: QuietHours | null
  /** The ways beside the inbox they left on for this kind of matter. */
  ways: readonly Way[]
}

/** How a matter stands: all that is needed to say what comes next. Instants in milliseconds. */
export type Thread = {
  openedAt: number
  closedAt: number | null
  /** The last step that was reached, and when. −1: none yet. */
  step: number
  steppedAt: number
  /** An acknowledgement holds until then. Null: nobody has acknowledged it. */
  returnsAt: number | null
  /** The location's zone, for the policy's own quiet hours. */
  zone: string
  audiences: Readonly<Partial<Record<Audience, readonly Recipient[]>>>
  told: ReadonlyMap<string, { at: number; times: number }>
}

export type Tell = {
  id: string
  ways: readonly Way[]
  /** They are told although these are quiet hours. */
  breaksQuiet: boolean
}

export type Next = {
  step: number
  steppedAt: number
  tell: readonly Tell[]
  /** When to look again. Null: nothing comes by itself any more. */
  at: number | null
}

const MINUTE = 60_000

/**
 * What happens now, and when to look again. It climbs whether or not those below could be told: quiet hours hold a notice,
 * never the climb. A step at which there is nobody is passed over at once. An acknowledgement stops all of it until it
 * returns; a closed matter is silent for good.
 */
export function nextStep(policy: Policy, thread: Thread, now: number): Next {
  const { closedAt, returnsAt } = thread
  const stays = { step: thread.step, steppedAt: thread.steppedAt, tell: [] }
  if (closedAt !== null || !policy.isOn) return { ...stays, at: null }
  if (returnsAt !== null && returnsAt > now) return { ...stays, at: returnsAt }
  const { step, steppedAt } = climbed(policy, thread, now)
  const due = reached(policy, thread, step).map((one) => ({ ...one, at: toldNext(policy, thread, one.who, now) }))
  const ready = due.filter(({ at }) => at !== null && at <= now)
  const tell = ready.flatMap(({ who, ways }): Tell[] => {
    const quiet = heldUntil(policy, thread, who, now) !== null
    if (quiet && !policy.breaksQuiet) return []
    return [{ id: who.id, ways: ways.filter((way) => who.ways.includes(way)), breaksQuiet: quiet }]
  })
  const toldNow = new Set(tell.map(({ id }) => id))
  const later = due.flatMap(({ who, at }) => {
    if (toldNow.has(who.id)) return timesAfter(policy, thread, who) ? [now + policy.repeatMinutes * MINUTE] : []
    if (at === null) return []
    return [at <= now ? (heldUntil(policy, thread, who, now) ?? now) : at]
  })
  const next = climbsAt(policy, { ...thread, step, steppedAt })
  const times = next === null ? later : [...later, Math.max(next, now)]
  return { step, steppedAt, tell, at: times.length > 0 ? Math.min(...times) : null }
}

/** One step at a time; further at once over a step at which there is nobody, and where the next one does not wait. */
function climbed(policy: Policy, thread: Thread, now: number): { step: number; steppedAt: number } {
  let at = { step: thread.step, steppedAt: thread.steppedAt }
  let due = climbsAt(policy, thread)
  while (due !== null && due <= now) {
    at = { step: at.step + 1, steppedAt: now }
    const isEmpty = peopleOf(policy, thread, at.step).length === 0
    due = isEmpty && policy.steps[at.step + 1] ? now : climbsAt(policy, { ...thread, ...at })
  }
  return at
}

function climbsAt(policy: Policy, { step, steppedAt, openedAt, returnsAt }: Thread): number | null {
  const next = policy.steps[step + 1]
  if (!next) return null
  const from = step < 0 ? openedAt : Math.max(steppedAt, returnsAt ?? 0)
  return from + next.afterMinutes * MINUTE
}

type Reached = { who: Recipient; ways: readonly Way[] }

/** Everyone of the steps so far, each once, by the ways of the latest step that names them. */
function reached(policy: Policy, thread: Thread, step: number): Reached[] {
  const people = new Map<string, Reached>()
  policy.steps.slice(0, step + 1).forEach(({ ways }, at) => {
    for (const who of peopleOf(policy, thread, at)) people.set(who.id, { who, ways })
  })
  return [...people.values()]
}

const peopleOf = (policy: Policy, { audiences }: Thread, step: number): readonly Recipient[] =>
  (policy.steps[step]?.to ?? []).flatMap((audience) => audiences[audience] ?? [])

/** When they are told next: at once the first time and after an acknowledgement ran out, else as often as the policy repeats. */
function toldNext(policy: Policy, thread: Thread, { id }: Recipient, now: number): number | null {
  const told = thread.told.get(id)
  if (!told) return now
  const again = told.at + policy.repeatMinutes * MINUTE
  const hasReturned = thread.returnsAt !== null && told.at < thread.returnsAt
  return hasReturned || told.times <= policy.repeats ? again : null
}

const timesAfter = ({ repeats }: Policy, { told }: Thread, { id }: Recipient) =>
  (told.get(id)?.times ?? 0) + 1 <= repeats

function heldUntil(policy: Policy, { zone }: Thread, who: Recipient, now: number): number | null {
  const ends = [quietUntil(policy.quiet, zone, now), quietUntil(who.quiet, who.zone, now)].filter((end) => end !== null)
  return ends.length > 0 ? Math.max(...ends) : null
}

export type Told = { at: number; step: number; ids: readonly string[] }

/** Who would be told when, if nobody did anything: what the editor shows beside a policy. */
export function foretold(policy: Policy, thread: Thread, until: number): Told[] {
  const steps: Told[] = []
  let now = thread.openedAt
  let at = thread
  while (now <= until && steps.length < 50) {
    const next = nextStep(policy, at, now)
    if (next.tell.length > 0) steps.push({ at: now, step: next.step, ids: next.tell.map(({ id }) => id) })
    const told = new Map(at.told)
    for (const { id } of next.tell) told.set(id, { at: now, times: (told.get(id)?.times ?? 0) + 1 })
    at = { ...at, step: next.step, steppedAt: next.steppedAt, told }
    if (next.at === null) return steps
    now = Math.max(next.at, now + 1)
  }
  return steps
}
