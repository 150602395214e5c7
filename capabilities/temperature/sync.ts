import { foreseeEvidence, foreseeFinal } from '@opsflow/capabilities/evidence'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { defineMutator } from '@opsflow/platform/sync'
import { z } from 'zod'
import { actionOf } from './action-record.ts'
import { close, ResponseInput, recheck, respond, verify } from './corrective-action.ts'
import { actionRecord, noteStep, putReading, signedBy, unitOf } from './foresee.ts'
import {
  BACK_DATED_AFTER_MS,
  MOST_MINUTES_AGO,
  mustBeCorrectable,
  NewTemperatureLog,
  readTyped,
  TemperatureCorrection,
  type TemperatureLog,
} from './readings.ts'
import type { Alarm } from './records.ts'
import { entities } from './sync-entities.ts'

/**
 * What people do about temperatures, as devices record it offline. Each is the device's half of the command that HTTP
 * runs; server/mutators.ts holds the other half.
 */

/** A thermometer was read. Outside the limit its corrective action is open at once: correctiveActionIdOf(id). */
const record = defineMutator({
  name: 'temperature.record',
  version: 1,
  args: NewTemperatureLog.omit({ measuredAt: true }).extend({
    id: z.uuid(),
    /** Read so long before it was typed. An age, not an hour: the device's clock may be wrong. */
    minutesAgo: z.int().min(0).max(MOST_MINUTES_AGO).default(0),
  }),
  async foresee(rows, { id, unitId, value, unit, minutesAgo, note, probe, photos }, doing) {
    const place = await unitOf(rows, unitId)
    const measuredAt = Date.parse(doing.at) - minutesAgo * 60_000
    const flags = minutesAgo * 60_000 > BACK_DATED_AFTER_MS ? ['back_dated'] : []
    const more = { measuredAt: new Date(measuredAt).toISOString(), flags, note, probe: probe ?? null }
    putReading(rows, place, { id, value: readTyped(value, unit), ...more }, doing)
    const owner = { ownerKind: 'temperature_log' as const, ownerId: id, locationId: place.locationId }
    foreseeEvidence(rows, owner, photos, doing)
  },
})

/** A reading by hand was wrong: a new version with author and reason. */
const correct = defineMutator({
  name: 'temperature.correct',
  version: 1,
  args: TemperatureCorrection.extend({ id: z.uuid(), logId: z.uuid() }),
  async foresee(rows, { id, logId, value, unit, reason }, doing) {
    const first = (await rows.get<TemperatureLog>(entities.log, logId)) ?? notFound()
    mustBeCorrectable(first)
    const place = await unitOf(rows, first.unitId)
    const { measuredAt, probe } = first
    const flags = first.flags.filter((flag) => flag === 'back_dated')
    const corrected = { id, value: readTyped(value, unit), measuredAt, flags, note: reason, probe, correctsId: logId }
    rows.put(entities.log, logId, first.locationId, { ...first, correctedById: id })
    putReading(rows, place, corrected, doing)
  },
})

const NoteText = z.string().trim().max(2000).default('')

/** Someone looks after an alarm. */
const acknowledge = defineMutator({
  name: 'temperature.acknowledge',
  version: 1,
  args: z.strictObject({ alarmId: z.uuid(), note: NoteText }),
  async foresee(rows, { alarmId, note }, doing) {
    const alarm = (await rows.get<Alarm>(entities.alarm, alarmId)) ?? notFound()
    if (alarm.acknowledgedAt !== null) return
    if (alarm.closedAt !== null) {
      refuse('conflict', 'temperature.alarm_closed', { detail: 'This alarm is closed already.' })
    }
    rows.put(entities.alarm, alarmId, alarm.locationId, {
      ...alarm,
      acknowledgedAt: doing.at,
      acknowledgedBy: doing.by,
    })
    if (alarm.correctiveActionId) await noteStep(rows, alarm.correctiveActionId, { step: 'acknowledged', note }, doing)
  },
})

/** Cause, action and disposition. */
const answer = defineMutator({
  name: 'temperature.respond',
  version: 1,
  args: z.strictObject({ actionId: z.uuid(), response: ResponseInput }),
  async foresee(rows, { actionId, response }, doing) {
    const record = await actionRecord(rows, actionId)
    const next = respond(actionOf(record), response, signedBy(doing))
    const { cause, action, disposition, note } = response
    await noteStep(rows, actionId, { step: 'response', cause, action, disposition, note }, doing, next.status)
    const owner = { ownerKind: 'corrective_action' as const, ownerId: actionId, locationId: record.locationId }
    foreseeEvidence(rows, owner, response.photos, doing)
  },
})

/** The temperature afterwards: a reading of the unit, and a step of the corrective action. */
const checkAgain = defineMutator({
  name: 'temperature.recheck',
  version: 1,
  args: NewTemperatureLog.omit({ measuredAt: true, unitId: true, photos: true }).extend({
    id: z.uuid(),
    actionId: z.uuid(),
  }),
  async foresee(rows, { id, actionId, value, unit, note, probe }, doing) {
    const record = await actionRecord(rows, actionId)
    const place = await unitOf(rows, record.unitId)
    const read = readTyped(value, unit)
    const reading = { id, value: read, measuredAt: doing.at, flags: [], note, probe: probe ?? null, isRecheck: true }
    const judged = putReading(rows, place, reading, doing)
    const next = recheck(actionOf(record), read, judged, signedBy(doing))
    const step = { step: 'recheck' as const, note, value: read, passed: judged.compliant === true }
    await noteStep(rows, actionId, step, doing, next.status)
  },
})

/**
 * On a shared tablet closure and verification are signed. The signature travels as the mutation's proof, never as the
 * PIN, and the record says whether the server or the tablet had looked at it.
 */
const SignedStep = z.strictObject({ actionId: z.uuid(), note: NoteText })

/** The unit is within its limit again: nothing is owed any more, the alarm is closed. */
const closeAction = defineMutator({
  name: 'temperature.close',
  version: 1,
  args: SignedStep,
  async foresee(rows, { actionId, note }, doing) {
    const record = await actionRecord(rows, actionId)
    const next = close(actionOf(record), note, signedBy(doing))
    await noteStep(rows, actionId, { step: 'closure', note, signature: doing.kiosk && 'offline' }, doing, next.status)
    const alarm = record.alarmId ? await rows.get<Alarm>(entities.alarm, record.alarmId) : undefined
    if (alarm) rows.put(entities.alarm, alarm.id, alarm.locationId, { ...alarm, closedAt: alarm.closedAt ?? doing.at })
  },
})

/** Someone who took no part confirms it. */
const verifyAction = defineMutator({
  name: 'temperature.verify',
  version: 1,
  args: SignedStep,
  async foresee(rows, { actionId, note }, doing) {
    const record = await actionRecord(rows, actionId)
    const next = verify(actionOf(record), note, signedBy(doing))
    await foreseeFinal(rows, actionId)
    await noteStep(
      rows,
      actionId,
      { step: 'verification', note, signature: doing.kiosk && 'offline' },
      doing,
      next.status,
    )
  },
})

export const temperatureMutators = {
  record,
  correct,
  acknowledge,
  respond: answer,
  recheck: checkAgain,
  close: closeAction,
  verify: verifyAction,
}
