import { justNow } from '@opsflow/platform/moment'
import { notFound } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import { mustBeCorrectable, type TemperatureCorrection, type TemperatureLog } from '../readings.ts'
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
  input: TemperatureCorrection & { id?: string },
  when = justNow(),
): Promise<RecordedLog> {
  const first = (await readLog(tx, id)) ?? notFound()
  requireAt(tx.actor, 'temperature.record', first.locationId)
  await lockUnits(tx, [], [first.unitId])
  mustBeCorrectable((await readLog(tx, id)) ?? first)
  const { value, unit, reason } = input
  const { id: newId, row } = await recordTyped(
    tx,
    {
      id: input.id,
      value,
      unit,
      unitId: first.unitId,
      measuredAt: first.measuredAt,
      note: reason,
      probe: first.probe ?? undefined,
    },
    { ...when, flags: when.flags.filter((flag) => flag === 'offline') },
    // It is about the time of the first one, which is as well known as it was.
    { correctsId: id, timeQuality: first.timeQuality, flags: first.flags.filter(isOfItsTime) },
  )
  await takeBack(tx, first)
  return withCorrectiveAction(tx, newId, row, when)
}

const isOfItsTime = (flag: string) => flag === 'back_dated' || flag === 'doubtful'

/** What was corrected no longer counts. */
async function takeBack(tx: Tx, { unitId, measuredAt, isCompliant }: TemperatureLog) {
  await sumHourAgain(tx, unitId, Date.parse(measuredAt))
  const units = await lockUnits(tx, [], [unitId])
  for (const unit of units) countToday(unit, Date.parse(measuredAt), isCompliant, -1)
  await keepUnitStates(tx, units)
}
