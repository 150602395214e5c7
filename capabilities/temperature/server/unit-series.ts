import { can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { bandOf, bucketMs, downsample, gapMs, toMilli, toMilliFahrenheit } from '../index.ts'
import type { ExcursionRecord, UnitSeries } from '../routes.ts'
import type { TemperatureUnit } from '../value.ts'
import { listExcursions } from './store-excursions.ts'
import { countReadings, readHours, readMarks, readPoints } from './store-series.ts'
import { type WatchedSensor, type WatchedUnit, watchedUnits } from './store-watched-units.ts'

export type SeriesQuery = { from: string; to: string; points: number; unit?: TemperatureUnit | undefined }

/** Beyond this many readings a chart draws hours: more would cost seconds and show nothing that its pixels can. */
const MOST_READINGS = 60_000
const HOUR = 3_600_000
const MOST_EXCURSIONS = 1000

/** What a chart of the unit draws over a span: the lines of its sensors, marks by hand, limits and excursions. */
export async function unitSeries(tx: ReadTx, unitId: string, query: SeriesQuery): Promise<UnitSeries> {
  const [unit] = await watchedUnits(tx, [unitId])
  if (!unit || !can(tx.actor, 'temperature.read', unit.locationId)) return notFound()
  const { from, to } = query
  const temperatureUnit = query.unit ?? unit.temperatureUnit
  const isLong = (await countReadings(tx, unitId, from, to)) > MOST_READINGS
  const lines = isLong
    ? await hourLines(tx, unit, query, temperatureUnit)
    : await readingLines(tx, unit, query, temperatureUnit)
  const marks = await readMarks(tx, unitId, from, to)
  const { sql, params } = listExcursions(tx.actor, { unitId, from, to }, MOST_EXCURSIONS)
  const excursions = await tx.query<ExcursionRecord>(sql, params)
  return {
    unitId,
    from,
    to,
    temperatureUnit,
    resolution: isLong ? 'hours' : 'readings',
    lines,
    marks: marks.map(({ measuredAt, ...mark }) => ({
      ...mark,
      at: Date.parse(measuredAt),
      milli: toMilli(mark.value, temperatureUnit),
    })),
    bands: bandsOf(unit, Date.parse(from), Date.parse(to), temperatureUnit),
    excursions,
  }
}

type Line = UnitSeries['lines'][number]

async function readingLines(
  tx: ReadTx,
  unit: WatchedUnit,
  query: SeriesQuery,
  inUnit: TemperatureUnit,
): Promise<Line[]> {
  const span = Date.parse(query.to) - Date.parse(query.from)
  const width = bucketMs(span, query.points)
  const lines: Line[] = []
  for (const sensor of unit.sensors) {
    const rows = await readPoints(tx, sensor.id, query.from, query.to)
    if (rows.length === 0) continue
    const points = rows.map(({ at, milli, unit }) => ({ at, milli: toMilli({ milli, unit }, inUnit) }))
    const series = downsample(points, width, gapOf(sensor))
    lines.push({
      sensorId: sensor.id,
      name: sensor.name,
      points: series.map(({ at, milli }) => [at, milli]),
      ranges: [],
    })
  }
  return lines
}

const gapOf = ({ cadenceSeconds }: WatchedSensor) => gapMs((cadenceSeconds ?? 900) / 60)

async function hourLines(tx: ReadTx, unit: WatchedUnit, query: SeriesQuery, inUnit: TemperatureUnit): Promise<Line[]> {
  const inChartUnit = (milliC: number) => (inUnit === 'C' ? milliC : toMilliFahrenheit({ unit: 'C', milli: milliC }))
  const hours = await readHours(tx, unit.id, query.from, query.to)
  return unit.sensors.flatMap((sensor) => {
    const own = hours.filter(({ id }) => id === sensor.id)
    if (own.length === 0) return []
    const means = own.map(({ at, mean }) => ({ at: at + HOUR / 2, milli: inChartUnit(mean) }))
    const points = downsample(means, HOUR, 2 * HOUR).map(({ at, milli }): [number, number | null] => [at, milli])
    const ranges = own.map(({ at, min, max }): [number, number, number] => [at, inChartUnit(min), inChartUnit(max)])
    return [{ sensorId: sensor.id, name: sensor.name, points, ranges }]
  })
}

/** The alarm limits over the span, a new band wherever they change; schedules change on quarter hours. */
function bandsOf(unit: WatchedUnit, from: number, to: number, inUnit: TemperatureUnit): UnitSeries['bands'] {
  const bands: UnitSeries['bands'] = []
  const step = Math.max(15 * 60_000, Math.ceil((to - from) / 5_000))
  for (let at = from; at < to; at += step) {
    const { maxMilli, minMilli } = bandOf(unit.rule.alarmAt(at).limits, inUnit)
    const last = bands.at(-1)
    if (last && last.maxMilli === maxMilli && last.minMilli === minMilli) last.to = Math.min(to, at + step)
    else bands.push({ from: at, to: Math.min(to, at + step), maxMilli, minMilli })
  }
  return bands
}
