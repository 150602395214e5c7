import { titleOfSaid } from '@opsflow/capabilities/tasks'
import { endTask, openTask } from '@opsflow/capabilities/tasks/server'
import { demand } from '@opsflow/platform/actor'
import { justNow } from '@opsflow/platform/moment'
import { refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import type { Mailing } from '../mailing.ts'
import type { WhoMay } from './parts.ts'
import { type KeptMailing, lockGoingMailings, lockPause, pauseMailing, resumeMailing } from './store-pauses.ts'

const DAY_MS = 86_400_000

/** Nothing leaves under someone who may not see the place any more: it pauses, and its managers have a task for it. */
export async function pauseLost(tx: Tx, whoMay: WhoMay, ids: readonly string[], now: number): Promise<void> {
  for (const mailing of await lockGoingMailings(tx, ids)) {
    if (!(await mayStillSend(tx, whoMay, mailing))) await pause(tx, mailing, now)
  }
}

async function mayStillSend(tx: Tx, whoMay: WhoMay, { keeperId, locationId, photos }: KeptMailing): Promise<boolean> {
  if (!(await whoMay(tx, 'reports.share', locationId)).has(keeperId)) return false
  return !photos || (await whoMay(tx, 'evidence.read', locationId)).has(keeperId)
}

async function pause(tx: Tx, { id, locationId, givenTo }: KeptMailing, now: number) {
  await recordEvent(tx, { name: 'reports.mailing_paused', subjectId: id, locationId, before: { givenTo } })
  const said = { as: 'mailing_paused', mailingId: id, givenTo } as const
  const taskId = await openTask(tx, {
    ...{ locationId, title: titleOfSaid(said), said, taskType: 'other', priority: 'medium' },
    ...{ cause: { kind: 'reports.mailing', id: uuid7() }, assignedRole: 'org:manager' },
    dueAt: new Date(now + DAY_MS).toISOString(),
  })
  await pauseMailing(tx, id, taskId)
}

/** From now on it goes under whoever takes it over; what it last missed leaves at the next look. Done twice it is done once. */
export async function takeOver(tx: Tx, { id, locationId, givenTo, photos, keptBy }: Mailing): Promise<void> {
  if (photos) demand(tx.actor, 'evidence.read', locationId)
  if (tx.actor.kind !== 'member') {
    return refuse('forbidden', 'reports.not_a_person', { detail: 'A person takes it over: it goes under their name.' })
  }
  const paused = await lockPause(tx, id)
  if (!paused) {
    if (keptBy?.id === tx.actor.id) return
    return refuse('conflict', 'reports.not_paused', {
      detail: 'It goes on, or has ended: there is nothing to take over.',
    })
  }
  await resumeMailing(tx, id, tx.actor.id)
  await recordEvent(tx, {
    ...{ name: 'reports.mailing_taken_over', subjectId: id, locationId },
    ...{ before: { by: keptBy?.name }, after: { by: tx.actor.name, givenTo } },
  })
  await endAsked(tx, paused)
}

/** It ended: nobody needs to take it over. */
export async function endPause(tx: Tx, id: string): Promise<void> {
  const paused = await lockPause(tx, id)
  if (paused) await endAsked(tx, paused)
}

const endAsked = async (tx: Tx, { taskId }: { taskId: string | null }) => {
  if (taskId !== null) await endTask(tx, taskId, 'completed', justNow())
}
