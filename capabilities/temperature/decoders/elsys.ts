import { BadPayload, type Codec, type Decoded, type PayloadReader, reading } from './payload.ts'

/** ELSYS ERS Lite: a run of type and value; the length follows from the type. */
export const elsys: Codec = {
  devices: ['elsys/ers-lite'],
  decode(bytes) {
    const decoded: Decoded = {}
    while (bytes.remaining > 0) {
      const field = FIELDS[bytes.u8()]
      if (!field && Object.keys(decoded).length === 0) throw new BadPayload('unknown type')
      if (!field) break
      decoded[field.name] = field.read(bytes)
    }
    return decoded
  },
  readings: (decoded) =>
    ['temperature', 'externalTemperature']
      .filter((name) => name in decoded)
      .map((name) => reading(name, decoded[name])),
}

const FIELDS: Record<number, { name: string; read: (bytes: PayloadReader) => number }> = {
  1: { name: 'temperature', read: (bytes) => bytes.i16() / 10 },
  2: { name: 'humidity', read: (bytes) => bytes.u8() },
  4: { name: 'light', read: (bytes) => bytes.u16() },
  5: { name: 'motion', read: (bytes) => bytes.u8() },
  7: { name: 'vdd', read: (bytes) => bytes.u16() },
  12: { name: 'externalTemperature', read: (bytes) => bytes.i16() / 10 },
}
