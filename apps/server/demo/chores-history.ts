import { randomUUID } from 'node:crypto'
import { commentOnTask, createTask, endTaskOf, openTask } from '@opsflow/capabilities/tasks/server'
import type { Actor } from '@opsflow/platform/actor'
import { justNow } from '@opsflow/platform/moment'
import type { Database } from '@opsflow/platform/server/tenant'
import { chores, ERRANDS, weeklyWork } from './chores.ts'
import { crewMember, type Opened } from './found-chain.ts'
import type { Span } from './sensor-history.ts'

const HOUR = 60 * 60_000

/** The ordinary work of a location: opened by the schedule, done by its crew. */
export async function fillChores(app: Database, location: Opened, span: Span): Promise<number> {
  const due = [...chores(location.plan, span), weeklyWork(location.plan, span.to)].map((chore) => ({
    ...chore,
    cause: { kind: 'schedule', id: randomUUID() },
  }))
  await app.write(location.system, async (tx) => {
    for (const { key: _, by: __, doneAt: ___, dueAt, missedAt, createdAt, ...chore } of due) {
      await openTask(tx, {
        ...chore,
        locationId: location.id,
        dueAt: iso(dueAt),
        missedAt: iso(missedAt),
        createdAt: iso(createdAt),
      })
    }
  })
  const doneBy = (person: Actor) =>
    due.filter(({ doneAt, by }) => doneAt !== null && crewMember(location, by) === person)
  for (const person of location.crew) {
    await app.write(person, async (tx) => {
      for (const { cause, doneAt } of doneBy(person))
        await endTaskOf(tx, cause, 'completed', justNow(new Date(doneAt as number)))
    })
  }
  await askByHand(app, location, span.to)
  return due.length + ERRANDS.length
}

/** A manager asks for something, of someone or of whoever manages. */
async function askByHand(app: Database, { id: locationId, crew, managers }: Opened, now: number) {
  const [asking = crew[0]] = managers
  const doing = crew.find((person) => person !== asking)
  if (!asking) return
  for (const { title, taskType, priority, dueInHours, to, steps = [], comment } of ERRANDS) {
    await app.write(asking, async (tx) => {
      const when = justNow(new Date(now - 5 * HOUR))
      const assignee = to === 'managers' || !doing ? { role: 'org:manager' as const } : { memberId: doing.id }
      const task = await createTask(
        tx,
        randomUUID(),
        {
          ...{ locationId, title, taskType, priority, assignee, description: '', unitId: null, estimateMinutes: null },
          dueAt: iso(now + dueInHours * HOUR),
          steps: steps.map((text) => ({ id: randomUUID(), text })),
        },
        when,
      )
      if (comment) await commentOnTask(tx, task.id, { id: randomUUID(), text: comment }, when)
    })
  }
}

const iso = (at: number) => new Date(at).toISOString()
