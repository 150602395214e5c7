import { demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { templateChanged } from '../../facts.ts'
import type { NewSchedule, PreviewWanted, Schedule, ScheduleChange, SchedulePreview, Target } from '../../schedule.ts'
import { nextSlots, type Slot } from '../../slots.ts'
import { mayTarget, readReach } from './reach.ts'
import { endSetAside } from './set-aside.ts'
import { insertSchedule, isPublished, isRole, lockSchedule, namesOf, readSchedule, storeSchedule } from './store.ts'
import { readGroups } from './store-making.ts'

const MOST_SHOWN = 200
const NEXT_SHOWN = 14

export async function makeSchedule(tx: Tx, wanted: NewSchedule): Promise<Schedule> {
  demand(tx.actor, 'checklists.manage')
  await demandPlaces(tx, wanted.target)
  await demandTemplate(tx, wanted.templateId)
  await demandRole(tx, wanted.role)
  const id = await insertSchedule(tx, wanted)
  await recordEvent(tx, { name: 'checklists.schedule_made', subjectId: id, after: wanted })
  await tellOthers(tx, wanted.templateId)
  return (await readSchedule(tx, id)) ?? notFound()
}

/** Holds for what is due from now on; the job makes it anew within seconds. */
export async function changeSchedule(
  tx: Tx,
  id: string,
  { revision, paused, ended, ...fields }: ScheduleChange,
): Promise<Schedule> {
  demand(tx.actor, 'checklists.manage')
  const before = (await lockSchedule(tx, id)) ?? notFound()
  await demandPlaces(tx, before.target)
  if (fields.target) await demandPlaces(tx, fields.target)
  if (fields.role !== undefined) await demandRole(tx, fields.role)
  if (before.endedAt !== null && ended !== false) {
    refuse('conflict', 'checklists.schedule_ended', { detail: 'This schedule has ended. Bring it back first.' })
  }
  if (ended === false) await demandTemplate(tx, before.templateId)
  if (before.revision !== revision) {
    refuse('conflict', 'checklists.schedule_changed_meanwhile', {
      detail: 'Someone changed this schedule meanwhile. Look at what they changed, then do yours again.',
    })
  }
  const now = new Date().toISOString()
  const named = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const after: Schedule = {
    ...before,
    ...named,
    pausedAt: paused === undefined ? before.pausedAt : paused ? (before.pausedAt ?? now) : null,
    endedAt: ended === undefined ? before.endedAt : ended ? now : null,
  }
  await storeSchedule(tx, after)
  if ((before.pausedAt && !after.pausedAt) || (after.endedAt && !before.endedAt)) await endSetAside(tx, id)
  await recordEvent(tx, { name: 'checklists.schedule_changed', subjectId: id, before, after })
  await tellOthers(tx, before.templateId)
  return (await readSchedule(tx, id)) ?? notFound()
}

/** Whoever has schedules on the screen looks again. */
const tellOthers = (tx: Tx, templateId: string) =>
  tx.emit(templateChanged, { organizationId: tx.actor.organizationId, templateId })

export async function previewSchedule(
  tx: ReadTx,
  { templateId, role, timing, target, previewAt }: PreviewWanted,
): Promise<SchedulePreview> {
  demand(tx.actor, 'checklists.manage')
  await demandPlaces(tx, target)
  await demandTemplate(tx, templateId)
  await demandRole(tx, role)
  const meant = (await readReach(tx))(target)
  const place = meant.find(({ id }) => id === previewAt) ?? meant[0]
  const shown = meant.slice(0, MOST_SHOWN)
  return {
    locations: shown.map(({ id, name }) => ({ id, name })),
    moreLocations: meant.length - shown.length,
    previewAt: place ? { id: place.id, name: place.name, timezone: place.timezone } : null,
    next: place ? nextSlots(timing, place, Date.now(), NEXT_SHOWN).map(told) : [],
  }
}

const told = ({ day, visibleAt, dueAt, lateAt, missedAt }: Slot) => ({
  day,
  ...{ visibleAt: instant(visibleAt), dueAt: instant(dueAt), lateAt: instant(lateAt), missedAt: instant(missedAt) },
})
const instant = (at: number) => new Date(at).toISOString()

/** Head office schedules anywhere; a manager of some locations only what names locations of theirs and nothing else. */
async function demandPlaces(tx: ReadTx, target: Target): Promise<void> {
  if (!mayTarget(tx.actor, target)) {
    refuse('forbidden', 'checklists.schedule_not_yours', {
      detail: 'Name the locations, all of them yours. Groups and the whole organization are for head office.',
    })
  }
  const { locations, groups } = target
  const known = new Set((await namesOf(tx, locations)).map(({ id }) => id))
  const standing = new Set(groups.length > 0 ? (await readGroups(tx)).map(({ id }) => id) : [])
  demandKnown('locations', locations, known, 'checklists.location_unknown', 'There is no such location.')
  demandKnown('groups', groups, standing, 'checklists.group_unknown', 'There is no such group.')
}

function demandKnown(field: string, ids: readonly string[], known: ReadonlySet<string>, code: string, message: string) {
  const errors = ids.flatMap((id, n) => (known.has(id) ? [] : [{ path: `target.${field}.${n}`, code, message }]))
  if (errors.length > 0) refuse('invalid', code, { detail: message, errors })
}

async function demandTemplate(tx: ReadTx, templateId: string): Promise<void> {
  if (await isPublished(tx, templateId)) return
  refuse('invalid', 'checklists.template_unknown', {
    errors: [
      {
        path: 'templateId',
        code: 'checklists.template_unknown',
        message: 'There is no published template of this id.',
      },
    ],
  })
}

/** Built-in roles are there everywhere. */
async function demandRole(tx: ReadTx, role: string | null): Promise<void> {
  if (role === null || role.startsWith('org:') || (await isRole(tx, role))) return
  refuse('invalid', 'checklists.role_unknown', {
    errors: [{ path: 'role', code: 'checklists.role_unknown', message: 'There is no such role.' }],
  })
}
