import type { Tx } from '@opsflow/platform/server/tenant'
import { type IngestAnswer, IngestReading, type IngestResult } from '../readings.ts'
import type { NewReading } from './judge.ts'
import { type RecordedReading, recordReadings } from './record-readings.ts'
import type { Provenance } from './store-readings.ts'
import { sensorsByExternalId } from './store-units.ts'

/** Each item as the gateway meant it, or why it cannot be read. */
export type ReadItem = { reading: IngestReading } | { code: string; message: string }

export const readItems = (items: readonly unknown[]): ReadItem[] =>
  items.map((item) => {
    const parsed = IngestReading.safeParse(item)
    if (parsed.success) return { reading: parsed.data }
    const [issue] = parsed.error.issues
    const path = issue?.path.join('.') || 'reading'
    return { code: 'temperature.reading_invalid', message: `${path}: ${issue?.message ?? 'not understood'}` }
  })

export const instantsOf = (items: readonly ReadItem[]): number[] =>
  items.flatMap((item) => ('reading' in item ? [Date.parse(item.reading.measuredAt)] : []))

/** A gateway's batch. What is accepted or known already may be deleted there; one bad reading spoils no other. */
export async function ingestReadings(tx: Tx, items: readonly ReadItem[]): Promise<IngestAnswer> {
  const named = await sensorIds(tx, items)
  const sent: { index: number; reading: NewReading }[] = []
  const results: IngestResult[] = items.map((item, index) => {
    if (!('reading' in item)) return { index, status: 'rejected', code: item.code, message: item.message }
    const sensorId = item.reading.sensorId ?? named.get(nameOf(item.reading))
    if (!sensorId) return { index, status: 'rejected', code: 'temperature.sensor_unknown', message: NO_SENSOR }
    const { value, unit, measuredAt, seq = null } = item.reading
    sent.push({ index, reading: { sensorId, sent: value, unit, measuredAt: Date.parse(measuredAt), seq } })
    return { index, status: 'duplicate' }
  })
  const recorded = await recordReadings(
    tx,
    sent.map(({ reading }) => reading),
    provenanceOf(tx),
  )
  recorded.forEach((outcome, n) => {
    const { index } = sent[n] as { index: number }
    results[index] = resultOf(index, outcome)
  })
  return summed(results)
}

const NO_SENSOR = 'No active sensor of this name, at a location that is yours to report for.'

const provenanceOf = (tx: Tx): Provenance => ({
  source: 'sensor',
  deviceId: tx.actor.kind === 'device' ? tx.actor.id : null,
})

const nameOf = ({ externalId, channel }: Pick<IngestReading, 'externalId' | 'channel'>) => `${externalId} ${channel}`

async function sensorIds(tx: Tx, items: readonly ReadItem[]): Promise<Map<string, string>> {
  const names = new Set(items.flatMap((item) => ('reading' in item ? (item.reading.externalId ?? []) : [])))
  if (names.size === 0) return new Map()
  const sensors = await sensorsByExternalId(tx, [...names])
  return new Map(sensors.map((sensor) => [nameOf(sensor), sensor.id]))
}

export const resultOf = (index: number, outcome: RecordedReading): IngestResult => {
  if (outcome.status === 'accepted') return { index, status: 'accepted', id: outcome.id }
  if (outcome.status === 'duplicate') return { index, status: 'duplicate' }
  return { index, status: 'rejected', code: outcome.code, message: outcome.message }
}

export const summed = (results: IngestResult[]): IngestAnswer => ({
  results,
  accepted: results.filter(({ status }) => status === 'accepted').length,
  duplicate: results.filter(({ status }) => status === 'duplicate').length,
  rejected: results.filter(({ status }) => status === 'rejected').length,
})
