import type { Tx } from '@opsflow/platform/server/tenant'
import { decode, isUndecodable, knownDevices, readingsOf } from '../index.ts'
import type { IngestAnswer, IngestResult } from '../readings.ts'
import type { TtnUplink } from '../routes.ts'
import { resultOf, summed } from './ingest-readings.ts'
import type { NewReading } from './judge.ts'
import { recordReadings } from './record-readings.ts'
import { sensorsByNameAnyCase } from './store-units.ts'

const MEMORY_MS = 365 * 86_400_000

type Place = { id: string; channel: string; model: string }

/**
 * An uplink of The Things Stack. The sensor is found by DevEUI or device id, its model names the decoder; what the
 * device kept in its memory comes as late readings. What cannot be understood is refused in the answer, not by an
 * error: the network server would only send it again.
 */
export async function ingestUplink(tx: Tx, uplink: TtnUplink, now = Date.now()): Promise<IngestAnswer> {
  const { dev_eui, device_id } = uplink.end_device_ids
  const sensors = await sensorsByNameAnyCase(
    tx,
    [dev_eui, device_id].flatMap((name) => name ?? []),
  )
  if (sensors.length === 0)
    return refused('temperature.sensor_unknown', 'No active sensor has this DevEUI or device id.')
  const decoded = payloadReadings(uplink, sensors)
  if ('refused' in decoded) return refused('temperature.payload_undecodable', decoded.refused)
  const at = receivedAt(uplink) ?? now
  const seq = uplink.uplink_message.f_cnt ?? null
  const results: IngestResult[] = []
  const sent: { index: number; reading: NewReading }[] = []
  const main = decoded.readings.at(-1)?.channel
  decoded.readings.forEach(({ channel, value, unit, measuredAt }, index) => {
    if (measuredAt !== null && measuredAt < now - MEMORY_MS) {
      const message = 'The device dates this reading more than a year back.'
      results[index] = { index, status: 'rejected', code: 'temperature.measured_too_long_ago', message }
      return
    }
    const sensor = sensorOf(sensors, channel, channel === main)
    if (!sensor) {
      const message = `No sensor is set up for channel ${channel}.`
      results[index] = { index, status: 'rejected', code: 'temperature.sensor_unknown', message }
      return
    }
    // What the device remembers has been numbered by another uplink, or by none.
    const own = measuredAt === null ? { measuredAt: at, seq } : { measuredAt, seq: null }
    sent.push({ index, reading: { sensorId: sensor.id, sent: value, unit, ...own } })
  })
  const deviceId = tx.actor.kind === 'device' ? tx.actor.id : null
  const recorded = await recordReadings(
    tx,
    sent.map(({ reading }) => reading),
    { source: 'sensor', deviceId },
    { now },
  )
  recorded.forEach((outcome, n) => {
    const { index } = sent[n] as { index: number }
    results[index] = resultOf(index, outcome)
  })
  return summed(results)
}

const refused = (code: string, message: string) => summed([{ index: 0, status: 'rejected', code, message }])

function payloadReadings({ uplink_message }: TtnUplink, sensors: readonly Place[]) {
  const model = sensors.find((sensor) => knownDevices.includes(sensor.model))?.model
  if (!model) return { refused: `No decoder for the sensor's model. Known: ${knownDevices.join(', ')}.` }
  const { frm_payload, f_port = null } = uplink_message
  if (!frm_payload || !/^[A-Za-z0-9+/]+={0,2}$/.test(frm_payload))
    return { refused: 'The uplink has no readable payload.' }
  const decoded = decode(model, f_port, Buffer.from(frm_payload, 'base64'))
  if (isUndecodable(decoded)) return { refused: `The payload does not fit ${model}: ${decoded.error}.` }
  const readings = readingsOf(model, decoded)
  return readings.length > 0 ? { readings } : { refused: 'The payload holds no temperature.' }
}

/** A sensor without a channel takes the device's main thermometer. */
const sensorOf = (sensors: readonly Place[], channel: string, isMain: boolean) =>
  sensors.find((sensor) => sensor.channel === channel) ?? sensors.find((sensor) => sensor.channel === '' && isMain)

function receivedAt({ received_at, uplink_message }: TtnUplink): number | null {
  const text = uplink_message.received_at ?? received_at
  const at = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(at) ? null : at
}

/** Every month the uplink's readings may lie in. */
export const uplinkInstants = (uplink: TtnUplink, now = Date.now()) => [
  receivedAt(uplink) ?? now,
  ...Array.from({ length: 14 }, (_, month) => now - month * 28 * 86_400_000),
]
