import { type Actor, can, canEverywhere, systemActor } from '../../actor.ts'
import { notFound, refuse } from '../../refusal.ts'
import type { SetAside } from '../../sync-review.ts'
import { recordEvent } from '../events.ts'
import type { Database, ReadTx, Tx } from '../tenant.ts'
import type { Occurrence, ServerMutator } from './registry.ts'
import {
  insertReview,
  listSetAside,
  type Review,
  type ReviewFilter,
  readSent,
  type SetAsideRow,
  setReviewOutcome,
} from './store-reviews.ts'

export type ReviewParts = { database: Database; mutators: readonly ServerMutator[] }

/** What was set aside where the actor may decide. A page is read by the system and shown as far as it is theirs. */
export async function setAsideFor(
  { database, mutators }: ReviewParts,
  actor: Actor,
  filter: ReviewFilter,
  limit: number,
): Promise<SetAsideRow[]> {
  return database.read(asSystem(actor), async (tx) => {
    const theirs: SetAsideRow[] = []
    let { after } = filter
    for (;;) {
      const rows = await listSetAside(tx, { ...filter, after }, limit)
      for (const row of rows.slice(0, limit)) {
        const place = await placeOf(tx, mutators, row)
        if (mayDecide(actor, place) && (filter.locationId === null || place === filter.locationId)) theirs.push(row)
      }
      const last = rows[limit - 1]
      if (rows.length <= limit || !last || theirs.length > limit) return theirs.slice(0, limit + 1)
      after = [last.occurredAt, last.mid, last.id]
    }
  })
}

/**
 * Done after all: in the name of whoever did it, by the rights of the manager who accepts it, at the time at which it
 * was done. A rule that refuses it is the manager's to hear, and nothing is decided.
 */
export async function accept(parts: ReviewParts, actor: Actor, id: string, reason: string): Promise<SetAside> {
  const { database, mutators } = parts
  const found = await database.read(asSystem(actor), (tx) => mustBeTheirs(tx, parts, actor, id))
  const { mutator, args } = askedBy(mutators, found.row)
  await mutator.prepare?.(args, occurrenceOf(found.row))
  return database.write(asSystem(actor), async (tx) => {
    const { row, place } = await mustBeTheirs(tx, parts, actor, id)
    await decide(tx, actor, { id, locationId: place, decision: 'accepted', reason, by: actor.id }, row)
    const ran = await tx.as(inTheNameOf(actor, row), (theirs) => mutator.run(theirs, args, occurrenceOf(row)))
    await setReviewOutcome(tx, id, ran?.outcome ?? 'applied')
    return shown((await readSent(tx, id)) ?? notFound())
  })
}

/** Left undone, with a reason. */
export async function reject(parts: ReviewParts, actor: Actor, id: string, reason: string): Promise<SetAside> {
  return parts.database.write(asSystem(actor), async (tx) => {
    const { row, place } = await mustBeTheirs(tx, parts, actor, id)
    await decide(tx, actor, { id, locationId: place, decision: 'rejected', reason, by: actor.id }, row)
    return shown((await readSent(tx, id)) ?? notFound())
  })
}

async function mustBeTheirs(tx: ReadTx, { mutators }: ReviewParts, actor: Actor, id: string) {
  const row = await readSent(tx, id)
  if (row?.outcome !== 'quarantined') return notFound()
  const place = await placeOf(tx, mutators, row)
  if (!mayDecide(actor, place)) return notFound()
  return { row, place }
}

async function decide(tx: Tx, actor: Actor, review: Review, row: SetAsideRow) {
  if (!(await insertReview(tx, review))) {
    refuse('conflict', 'sync.already_decided', { detail: 'Someone has decided about this already.' })
  }
  const after = { work: row.name, by: row.by?.name ?? null, occurredAt: row.occurredAt, reason: review.reason }
  await tx.as(actor, (theirs) =>
    recordEvent(theirs, {
      name: `sync.work_${review.decision}`,
      subjectId: row.id,
      locationId: review.locationId,
      after,
    }),
  )
}

/** Where nobody knows what it is about, it takes someone who may decide everywhere. */
const mayDecide = (actor: Actor, place: string | null) =>
  place === null ? canEverywhere(actor, 'sync.review') : can(actor, 'sync.review', place)

/** As it was known on arrival; or by now, where what it is about came in later. */
async function placeOf(tx: ReadTx, mutators: readonly ServerMutator[], row: SetAsideRow): Promise<string | null> {
  if (row.locationId !== null) return row.locationId
  const asked = readAsked(mutators, row)
  return asked ? asked.mutator.place(tx, asked.args) : null
}

function readAsked(mutators: readonly ServerMutator[], { name, version, args: sent }: SetAsideRow) {
  const mutator = mutators.find((one) => one.mutator.name === name)
  if (!mutator || version > mutator.mutator.version) return undefined
  const given = version < mutator.mutator.version ? (mutator.upgrade?.(sent, version) ?? sent) : sent
  const parsed = mutator.mutator.args.safeParse(given)
  return parsed.success ? { mutator, args: parsed.data } : undefined
}

const askedBy = (mutators: readonly ServerMutator[], row: SetAsideRow) =>
  readAsked(mutators, row) ??
  refuse('conflict', 'sync.mutation_unknown', {
    detail: 'The server does not know this kind of work. It can be rejected.',
  })

function inTheNameOf(manager: Actor, { by, kiosk }: SetAsideRow): Actor {
  if (!by)
    return refuse('conflict', 'sync.author_unknown', { detail: 'Nobody knows who did this. It can be rejected.' })
  const { kioskId: _, ...rights } = manager
  return { ...rights, ...by, ...(kiosk ? { kioskId: kiosk.id } : {}) }
}

function occurrenceOf({ id, occurredAt, receivedAt, timeQuality }: SetAsideRow): Occurrence {
  const isDoubtful = timeQuality === 'doubtful'
  return {
    uid: id,
    at: occurredAt,
    receivedAt,
    quality: timeQuality,
    flags: isDoubtful ? ['offline', 'doubtful'] : ['offline'],
  }
}

export const shown = ({ locationId: _, version: __, outcome: ___, mid: ____, ...row }: SetAsideRow): SetAside => row

const asSystem = (actor: Actor) => systemActor(actor.tenantId, actor.organizationId, 'sync')
