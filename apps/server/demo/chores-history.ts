import { randomUUID } from 'node:crypto'
import { endTaskOf, openTask } from '@opsflow/capabilities/tasks/server'
import type { Actor } from '@opsflow/platform/actor'
import { justNow } from '@opsflow/platform/moment'
import type { Database } from '@opsflow/platform/server/tenant'
import { type Chore, chores, weeklyWork } from './chores.ts'
import { crewMember, type Opened } from './found-chain.ts'
import type { Span } from './sensor-history.ts'

const DAY = 24 * 60 * 60_000
/** What was not done by then is struck off by a manager. */
const GIVEN_UP_AFTER = 2 * DAY

/** The ordinary work of a location: opened by the schedule, done by its crew. */
export async function fillChores(app: Database, location: Opened, span: Span): Promise<number> {
  const due = [...chores(location.plan, span), weeklyWork(location.plan, span.to)].map((chore) => ({
    ...chore,
    cause: { kind: 'schedule', id: randomUUID() },
  }))
  await app.write(location.system, async (tx) => {
    for (const { title, taskType, priority, cause, dueAt, createdAt } of due) {
      await openTask(tx, {
        locationId: location.id,
        title,
        taskType,
        priority,
        cause,
        dueAt: iso(dueAt),
        createdAt: iso(createdAt),
      })
    }
  })
  const isGivenUp = ({ doneAt, dueAt }: Chore) => doneAt === null && dueAt < span.to - GIVEN_UP_AFTER
  const doneBy = (person: Actor) =>
    due.filter(({ doneAt, by }) => doneAt !== null && crewMember(location, by) === person)
  for (const person of location.crew) {
    await app.write(person, async (tx) => {
      for (const { cause, doneAt } of doneBy(person))
        await endTaskOf(tx, cause, 'completed', justNow(new Date(doneAt as number)))
    })
  }
  await app.write(location.verifier, async (tx) => {
    for (const { cause } of due.filter(isGivenUp)) await endTaskOf(tx, cause, 'cancelled')
  })
  return due.length
}

const iso = (at: number) => new Date(at).toISOString()
