import { nameEvidence } from '@opsflow/capabilities/evidence/server'
import type { Moment } from '@opsflow/platform/moment'
import { defineServerMutator, type Occurrence } from '@opsflow/platform/server/sync/registry'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { correctiveActionIdOf } from '../related-id.ts'
import { temperatureMutators as of } from '../sync.ts'
import { bringAcknowledgement } from './acknowledge-alarm.ts'
import { closeDeviation, recheckDeviation, respondToDeviation, verifyDeviation } from './answer-corrective-action.ts'
import { bringStep, recheckTooLate } from './bring-step.ts'
import { correctReading } from './correct-reading.ts'
import type { Months } from './months.ts'
import { recordByHand } from './record-by-hand.ts'
import { readAlarm } from './store-alarms.ts'
import { readAction } from './store-corrective-actions.ts'
import { readLog } from './store-logs.ts'
import { readUnit } from './store-units.ts'
import { lockUnits } from './store-watched-units.ts'

/** What devices send about temperatures, run by the commands that HTTP runs, with the time at which it was done. */
export const temperatureServerMutators = (months: Months) => [
  defineServerMutator({
    mutator: of.record,
    permission: 'temperature.record',
    place: async (tx, { unitId }) => (await readUnit(tx, unitId))?.locationId ?? null,
    prepare: ({ minutesAgo }, when) => months.ensure([before(when, minutesAgo)]),
    run: async (tx, { minutesAgo, ...reading }, when) => {
      const measuredAt = minutesAgo > 0 ? new Date(before(when, minutesAgo)).toISOString() : undefined
      await recordByHand(tx, { ...reading, measuredAt }, when)
      return undefined
    },
  }),
  defineServerMutator({
    mutator: of.correct,
    permission: 'temperature.record',
    place: async (tx, { logId }) => (await readLog(tx, logId))?.locationId ?? null,
    run: async (tx, { logId, ...correction }, when) => {
      await correctReading(tx, logId, correction, when)
      return undefined
    },
  }),
  defineServerMutator({
    mutator: of.acknowledge,
    permission: 'temperature.acknowledge',
    place: async (tx, { alarmId }) => (await readAlarm(tx, alarmId))?.locationId ?? null,
    run: (tx, { alarmId, note }, when) => bringAcknowledgement(tx, alarmId, note, when),
  }),
  defineServerMutator({
    mutator: of.respond,
    permission: 'temperature.correct',
    place: (tx, { actionId }) => placeOfAction(tx, actionId),
    run: (tx, { actionId, response }, when) =>
      bringStep(tx, 'response', actionId, when, {
        inTime: () => respondToDeviation(tx, actionId, response, when),
        late: async ({ locationId }) => {
          const { photos, ...said } = response
          await nameEvidence(tx, { ownerKind: 'corrective_action', ownerId: actionId, locationId, at: when.at }, photos)
          return said
        },
      }),
  }),
  defineServerMutator({
    mutator: of.recheck,
    permission: 'temperature.correct',
    place: (tx, { actionId }) => placeOfAction(tx, actionId),
    prepare: (_args, when) => months.ensure([Date.parse(when.at)]),
    run: async (tx, { actionId, ...reading }, when) => {
      // The unit before its corrective action, as everywhere: writers wait, they never deadlock.
      const unitId = (await readAction(tx, actionId))?.unitId
      if (unitId) await lockUnits(tx, [], [unitId])
      return bringStep(tx, 'recheck', actionId, when, {
        inTime: () => recheckDeviation(tx, actionId, reading, when),
        late: (row) => recheckTooLate(tx, row, reading, when),
      })
    },
  }),
  defineServerMutator({
    mutator: of.close,
    permission: 'temperature.correct',
    isCritical: true,
    place: (tx, { actionId }) => placeOfAction(tx, actionId),
    run: async (tx, { actionId, note }, when) => {
      const signed = signedBy(tx, when)
      return bringStep(tx, 'closure', actionId, when, {
        inTime: () => closeDeviation(tx, actionId, note, when, signed),
        late: async () => ({ note, signature: signed }),
      })
    },
  }),
  defineServerMutator({
    mutator: of.verify,
    permission: 'temperature.verify',
    isCritical: true,
    place: (tx, { actionId }) => placeOfAction(tx, actionId),
    run: async (tx, { actionId, note }, when) => {
      const signed = signedBy(tx, when)
      return bringStep(tx, 'verification', actionId, when, {
        inTime: () => verifyDeviation(tx, actionId, note, when, signed),
        late: async () => ({ note, signature: signed }),
      })
    },
  }),
]

const before = ({ at }: Moment, minutes: number) => Date.parse(at) - minutes * 60_000

/** Of one that a device opened for a reading which is none by the limits of its time: where the reading is. */
const placeOfAction = async (tx: ReadTx, id: string) =>
  ((await readAction(tx, id)) ?? (await readLog(tx, correctiveActionIdOf(id))))?.locationId ?? null

/** On a shared tablet: had the server looked at the PIN, or the tablet alone? */
const signedBy = (tx: Tx, { proved }: Occurrence) =>
  tx.actor.kioskId === undefined || proved === undefined ? null : proved === 'seat' ? 'pin' : 'offline'
