import { defineFact, locationRoom } from '@opsflow/platform/fact'
import { z } from 'zod'
import { Alarm, CorrectiveActionRecord, UnitState } from './records.ts'

const atLocation = {
  scope: (fact: { locationId: string }) => fact.locationId,
  room: (fact: { locationId: string }) => locationRoom(fact.locationId),
}

export const unitChanged = defineFact({
  name: 'temperature.unit_changed',
  event: 'temperature-reading',
  schema: UnitState,
  ...atLocation,
})

const alarmFact = (name: string) => defineFact({ name, event: 'alert', schema: Alarm, ...atLocation })

export const alarmRaised = alarmFact('temperature.alarm_raised')
export const alarmAcknowledged = alarmFact('temperature.alarm_acknowledged')
/** What caused it is over by itself: back within limits, the sensor speaks again. People may still owe their part. */
export const alarmCleared = alarmFact('temperature.alarm_cleared')
/** Nothing is owed any more. */
export const alarmClosed = alarmFact('temperature.alarm_closed')

export const correctiveActionChanged = defineFact({
  name: 'temperature.corrective_action_changed',
  event: 'alert',
  schema: CorrectiveActionRecord,
  ...atLocation,
})

/** An import got further, or ended. */
export const importMoved = defineFact({
  name: 'temperature.import_moved',
  event: 'poke',
  schema: z.object({
    importId: z.uuid(),
    locationId: z.uuid(),
    rowsDone: z.int(),
    rowsTotal: z.int(),
    state: z.string(),
  }),
  ...atLocation,
})
