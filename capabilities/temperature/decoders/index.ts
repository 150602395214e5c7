import { dragino } from './dragino.ts'
import { elsys } from './elsys.ts'
import { laird } from './laird.ts'
import { mclimate } from './mclimate.ts'
import { medifroid } from './medifroid.ts'
import { milesight } from './milesight.ts'
import { BadPayload, type Codec, type Decoded, PayloadReader, type PayloadReading } from './payload.ts'
import { ruuvi } from './ruuvi.ts'

export type { Decoded, PayloadReading } from './payload.ts'

const codecs: readonly Codec[] = [milesight, laird, mclimate, medifroid, dragino, elsys, ruuvi]
const codecOf = new Map(codecs.flatMap((codec) => codec.devices.map((device) => [device, codec] as const)))

/** Devices whose payloads are understood, as `vendor/model`. */
export const knownDevices: readonly string[] = [...codecOf.keys()]

export type Undecodable = { error: string }

/**
 * What a device's payload says. `fPort` is the LoRaWAN port; null for Bluetooth. Never throws: an unknown device or
 * port and a payload that does not fit its layout answer with `error`.
 */
export function decode(device: string, fPort: number | null, bytes: Uint8Array): Decoded | Undecodable {
  const codec = codecOf.get(device)
  if (!codec) return { error: 'unknown device' }
  if (codec.fPorts && (fPort === null || !codec.fPorts.includes(fPort))) return { error: 'unknown FPort' }
  if (bytes.length === 0) return { error: 'truncated' }
  try {
    return codec.decode(new PayloadReader(bytes), device)
  } catch (error) {
    if (error instanceof BadPayload) return { error: error.message }
    throw error
  }
}

export const isUndecodable = (decoded: Decoded | Undecodable): decoded is Undecodable => 'error' in decoded

/** The temperatures in what `decode` returned for this device; older ones of its memory first. */
export function readingsOf(device: string, decoded: Decoded | Undecodable): PayloadReading[] {
  const codec = codecOf.get(device)
  return codec && !isUndecodable(decoded) ? codec.readings(decoded) : []
}
