import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { TemperatureCorrection, TemperatureLog } from '../readings.ts'
import { requireAt } from './may.ts'
import { type RecordedLog, recordTyped, withCorrectiveAction } from './record-by-hand.ts'
import { countToday } from './record-readings.ts'
import { readLog } from './store-logs.ts'
import { keepUnitStates, sumHourAgain } from './store-readings.ts'
import { lockUnits } from './store-watched-units.ts'

/** A new version with author and reason, judged by the rule of the first one's time. The first stays as recorded. */
export async function correctReading(
  tx: Tx,
  id: string,
  input: TemperatureCorrection,
  at = new Date(),
): Promise<RecordedLog> {
  const first = (await readLog(tx, id)) ?? notFound()
  requireAt(tx.actor, 'temperature.record', first.locationId)
  if (first.sensorId !== null) {
    refuse('conflict', 'temperature.not_correctable', {
      detail: 'What a sensor reported stays as it is. Record a reading by hand beside it.',
    })
  }
  await lockUnits(tx, [], [first.unitId])
  if ((await readLog(tx, id))?.correctedById) {
    refuse('conflict', 'temperature.corrected_already', {
      detail: 'This version was corrected; correct the newer one.',
    })
  }
  const { value, unit, reason } = input
  const { id: newId, row } = await recordTyped(
    tx,
    { value, unit, unitId: first.unitId, measuredAt: first.measuredAt, note: reason, probe: first.probe ?? undefined },
    at,
    { correctsId: id, flags: first.flags.filter((flag) => flag === 'back_dated') },
  )
  await takeBack(tx, first)
  return withCorrectiveAction(tx, newId, row, at)
}

/** What was corrected no longer counts. */
async function takeBack(tx: Tx, { unitId, measuredAt, isCompliant }: TemperatureLog) {
  await sumHourAgain(tx, unitId, Date.parse(measuredAt))
  const units = await lockUnits(tx, [], [unitId])
  for (const unit of units) countToday(unit, Date.parse(measuredAt), isCompliant, -1)
  await keepUnitStates(tx, units)
}
