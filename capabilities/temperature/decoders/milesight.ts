import {
  BadPayload,
  type Codec,
  type Decoded,
  type DecodedValue,
  entries,
  type PayloadReader,
  reading,
} from './payload.ts'

/**
 * Milesight IoT: a run of channels, each id, type, then a value whose length the pair decides. Layouts from the public
 * READMEs of Milesight-IoT/SensorDecoders (facts only). Values are little-endian, temperatures tenths of a degree.
 */
type Channel = (bytes: PayloadReader, decoded: Decoded) => void
type Layout = Record<string, Channel>

export const milesight: Codec = {
  devices: [
    'milesight-iot/em300-th',
    'milesight-iot/em320-th',
    'milesight-iot/em300-mcs',
    'milesight-iot/ts101',
    'milesight-iot/ts201',
    'milesight-iot/ts201-v2',
    'milesight-iot/ts30x',
    'milesight-iot/ws301',
  ],
  decode(bytes, device) {
    const layout = layouts[device] ?? {}
    const decoded: Decoded = {}
    while (bytes.remaining > 0) {
      const channel = layout[bytes.hex(2)]
      // The length of an unknown channel is unknown too: what was read so far stands, the rest is not guessed.
      if (!channel && Object.keys(decoded).length === 0) throw new BadPayload('unknown channel')
      if (!channel) break
      channel(bytes, decoded)
    }
    return decoded
  },
  readings(decoded) {
    const now = TEMPERATURES.filter((channel) => channel in decoded).map((channel) =>
      reading(channel, decoded[channel]),
    )
    const broken = entries(decoded.event).filter((event) => 'temperature_error' in event)
    const past = entries(decoded.history).flatMap((entry) =>
      TEMPERATURES.filter((channel) => channel in entry).map((channel) =>
        reading(channel, entry[channel], Number(entry.timestamp) * 1000),
      ),
    )
    return [...past, ...broken.map(() => reading('temperature', null)), ...now]
  },
}

const TEMPERATURES = ['temperature', 'temperature_chn1', 'temperature_chn2']

const tenths = (bytes: PayloadReader) => bytes.i16le() / 10
const halves = (bytes: PayloadReader) => bytes.u8() / 2
const one = (names: readonly string[], value: number) => names[value] ?? 'unknown'

const field =
  (name: string, read: (bytes: PayloadReader) => DecodedValue): Channel =>
  (bytes, decoded) => {
    decoded[name] = read(bytes)
  }

const listed =
  (name: string, read: (bytes: PayloadReader) => DecodedValue): Channel =>
  (bytes, decoded) => {
    const known = decoded[name]
    decoded[name] = [...(Array.isArray(known) ? known : []), read(bytes)]
  }

/** An event that also carries the temperature of now. */
const eventful =
  (read: (bytes: PayloadReader) => { [field: string]: DecodedValue }): Channel =>
  (bytes, decoded) => {
    const event = read(bytes)
    if (event.temperature !== undefined) decoded.temperature = event.temperature
    decoded.event = [...(Array.isArray(decoded.event) ? decoded.event : []), event]
  }

const battery: Layout = { '0175': field('battery', (bytes) => bytes.u8()) }
const temperature: Layout = { '0367': field('temperature', tenths) }
const humidity: Layout = { '0468': field('humidity', halves) }

const airHistory = (reservedBytes: number): Layout => ({
  '20CE': listed('history', (bytes) => {
    const entry = { timestamp: bytes.u32le(), temperature: tenths(bytes), humidity: halves(bytes) }
    bytes.skip(reservedBytes)
    return entry
  }),
})

const doorHistory: Layout = {
  '20CE': listed('history', (bytes) => ({
    timestamp: bytes.u32le(),
    temperature: tenths(bytes),
    humidity: halves(bytes),
    door: one(DOOR, bytes.u8()),
  })),
}

const DOOR = ['close', 'open']
const PROBE_ALARMS = ['Threshold Alarm Release', 'Threshold Alarm', 'Mutation Alarm']
const PROBE_ERRORS = ['Read Error', 'Overload']

const probeEvents: Layout = {
  '8367': eventful((bytes) => ({ temperature: tenths(bytes), temperature_alarm: one(PROBE_ALARMS, bytes.u8()) })),
  '9367': eventful((bytes) => ({
    temperature: tenths(bytes),
    temperature_mutation: tenths(bytes),
    temperature_alarm: one(PROBE_ALARMS, bytes.u8()),
  })),
  B367: eventful((bytes) => ({ temperature_error: one(PROBE_ERRORS, bytes.u8()) })),
  FFA0: field('sensor_id', (bytes) => bytes.hex(9)),
}

const ts201History: Layout = {
  '20CE': listed('history', (bytes) => {
    const timestamp = bytes.u32le()
    const wasRead = bytes.u8() >> 4 === 0
    const value = tenths(bytes)
    return { timestamp, temperature: wasRead ? value : null }
  }),
}

const ts201v2History: Layout = {
  '20CE': listed('history', (bytes) => {
    const timestamp = bytes.u32le()
    bytes.skip(1)
    const value = tenths(bytes)
    bytes.skip(1)
    const wasRead = bytes.u8() >> 6 === 0
    return { timestamp, temperature: wasRead ? value : null }
  }),
}

const MAGNET = ['closed', 'opened']
const CHANNEL_ALARMS = ['threshold release', 'threshold', 'mutation']

/** One of the two sockets of a TS30x: a thermometer or a magnet. */
const socket = (id: '3' | '4', name: 'chn1' | 'chn2'): Layout => ({
  [`0${id}67`]: field(`temperature_${name}`, tenths),
  [`0${id}00`]: field(`magnet_${name}`, (bytes) => one(MAGNET, bytes.u8())),
  [`8${id}67`]: (bytes, decoded) => {
    decoded[`temperature_${name}`] = tenths(bytes)
    decoded[`temperature_${name}_alarm`] = one(CHANNEL_ALARMS, bytes.u8())
  },
  [`9${id}D7`]: (bytes, decoded) => {
    decoded[`temperature_${name}`] = tenths(bytes)
    decoded[`temperature_${name}_change`] = bytes.i16le() / 100
    decoded[`temperature_${name}_alarm`] = one(CHANNEL_ALARMS, bytes.u8())
  },
})

/** Of each socket a nibble says what follows in its two bytes: 1 to 4 a temperature, 5 and 6 a magnet, 0 nothing. */
const ts30xHistory: Layout = {
  '20CE': listed('history', (bytes) => {
    const timestamp = bytes.u32le()
    const mask = bytes.u8()
    return { timestamp, ...recorded('chn1', mask >> 4, bytes), ...recorded('chn2', mask & 0x0f, bytes) }
  }),
}

function recorded(name: string, kind: number, bytes: PayloadReader): { [field: string]: DecodedValue } {
  const raw = bytes.i16le()
  if (kind >= 1 && kind <= 4) return { [`temperature_${name}`]: raw / 10 }
  return kind === 5 || kind === 6 ? { [`magnet_${name}`]: one(MAGNET, raw) } : {}
}

const layouts: Record<string, Layout> = {
  'milesight-iot/em300-th': { ...battery, ...temperature, ...humidity, ...airHistory(1) },
  'milesight-iot/em320-th': { ...battery, ...temperature, ...humidity, ...airHistory(0) },
  'milesight-iot/em300-mcs': {
    ...battery,
    ...temperature,
    ...humidity,
    ...doorHistory,
    '0600': field('door', (bytes) => one(DOOR, bytes.u8())),
  },
  'milesight-iot/ts101': { ...battery, ...temperature },
  'milesight-iot/ts201': { ...battery, ...temperature, ...probeEvents, ...ts201History },
  'milesight-iot/ts201-v2': { ...battery, ...temperature, ...humidity, ...probeEvents, ...ts201v2History },
  'milesight-iot/ts30x': { ...battery, ...socket('3', 'chn1'), ...socket('4', 'chn2'), ...ts30xHistory },
  'milesight-iot/ws301': {
    ...battery,
    '0300': field('state', (bytes) => one(DOOR, bytes.u8())),
    '0400': field('install', (bytes) => one(['yes', 'no'], bytes.u8())),
  },
}
