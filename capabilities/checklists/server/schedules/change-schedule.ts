import { can, canEverywhere, demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { NewSchedule, Schedule, ScheduleChange, SchedulePreview, Target } from '../../schedule.ts'
import { slotsBetween } from '../../slots.ts'
import { isTargeted } from '../../targets.ts'
import { insertSchedule, isPublished, isRole, lockSchedule, namesOf, readSchedule, storeSchedule } from './store.ts'
import { readGroups, readPlaces } from './store-making.ts'

const MOST_SHOWN = 200
const PREVIEW_MS = 14 * 24 * 3_600_000

export async function makeSchedule(tx: Tx, wanted: NewSchedule): Promise<Schedule> {
  demand(tx.actor, 'checklists.manage')
  await demandPlaces(tx, wanted.target)
  await demandTemplate(tx, wanted.templateId)
  await demandRole(tx, wanted.role)
  const id = await insertSchedule(tx, wanted)
  await recordEvent(tx, { name: 'checklists.schedule_made', subjectId: id, after: wanted })
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
  if (before.endedAt !== null) {
    refuse('conflict', 'checklists.schedule_ended', { detail: 'This schedule has ended. Make a new one.' })
  }
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
    endedAt: ended ? now : null,
  }
  await storeSchedule(tx, after)
  await recordEvent(tx, { name: 'checklists.schedule_changed', subjectId: id, before, after })
  return (await readSchedule(tx, id)) ?? notFound()
}

export async function previewSchedule(
  tx: ReadTx,
  { templateId, role, timing, target }: NewSchedule,
): Promise<SchedulePreview> {
  demand(tx.actor, 'checklists.manage')
  await demandPlaces(tx, target)
  await demandTemplate(tx, templateId)
  await demandRole(tx, role)
  const [places, groups] = [await readPlaces(tx), await readGroups(tx)]
  const meant = places.filter((place) => isTargeted(target, place, groups))
  const shown = await namesOf(
    tx,
    meant.slice(0, MOST_SHOWN).map(({ id }) => id),
  )
  const first = meant.find(({ id }) => id === shown[0]?.id)
  const now = Date.now()
  const told = (at: number) => new Date(at).toISOString()
  const slots = first ? slotsBetween(timing, first, now, now + PREVIEW_MS) : []
  return {
    locations: shown,
    moreLocations: meant.length - shown.length,
    next: slots.slice(0, MOST_SHOWN).map(({ day, visibleAt, dueAt, lateAt, missedAt }) => ({
      day,
      ...{ visibleAt: told(visibleAt), dueAt: told(dueAt), lateAt: told(lateAt), missedAt: told(missedAt) },
    })),
  }
}

/** Head office schedules anywhere; a manager of some locations only what names locations of theirs and nothing else. */
async function demandPlaces(tx: ReadTx, { locations, groups }: Target): Promise<void> {
  if (!canEverywhere(tx.actor, 'checklists.manage')) {
    const areTheirs = locations.length > 0 && locations.every((id) => can(tx.actor, 'checklists.manage', id))
    if (groups.length > 0 || !areTheirs) {
      refuse('forbidden', 'checklists.schedule_not_yours', {
        detail: 'Name the locations, all of them yours. Groups and the whole organization are for head office.',
      })
    }
  }
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
