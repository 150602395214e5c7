import { BadPayload, type Codec, type Decoded, entries, type PayloadReader, reading } from './payload.ts'

/** Laird Connectivity RS1xx temperature and humidity sensors: single readings and aggregates. */
export const laird: Codec = {
  devices: ['laird/temp-rh'],
  decode(bytes) {
    const message = bytes.u8()
    const options = flags(bytes.u8())
    if (message === 1) return single(bytes, options)
    if (message === 2) return aggregate(bytes, options)
    throw new BadPayload('unknown message')
  },
  /** An aggregate is dated once, without saying how far its readings lie apart: only the newest is a reading of now. */
  readings: (decoded) => {
    const latest = 'readings' in decoded ? entries(decoded.readings).at(-1)?.temperature : decoded.temperature
    return latest === undefined ? [] : [reading('temperature', latest)]
  },
}

function single(bytes: PayloadReader, options: string[]): Decoded {
  const humidity = hundredths(bytes)
  const temperature = hundredths(bytes)
  return {
    msgType: 'Laird_Internal_TH',
    options,
    humidity,
    temperature,
    batteryCapacity: BATTERY[bytes.u8()] ?? 'unknown',
    alarmMsgCount: bytes.u16(),
    backlogMsgCount: bytes.u16(),
  }
}

function aggregate(bytes: PayloadReader, options: string[]): Decoded {
  const head = {
    alarmMsgCount: bytes.u8(),
    backlogMsgCount: bytes.u16(),
    batteryCapacity: BATTERY[bytes.u8()] ?? 'unknown',
    numberOfReadings: bytes.u8(),
    timestamp: dateOf(bytes.u32()),
  }
  const readings = Array.from({ length: head.numberOfReadings }, () => {
    const humidity = hundredths(bytes)
    return { humidity, temperature: hundredths(bytes) }
  })
  return { msgType: 'Laird_Agg_TH', options, ...head, readings }
}

const BATTERY = ['0-5%', '5-20%', '20-40%', '40-60%', '60-80%', '80-100%']

const FLAGS = [
  'Sensor request for server time',
  'Sensor configuration error',
  'Sensor alarm flag',
  'Sensor reset flag',
  'Sensor fault flag',
]

const flags = (bits: number) => {
  const set = FLAGS.filter((_, bit) => bits & (1 << bit))
  return set.length > 0 ? set : ['None']
}

/** Hundredths first, then the whole number; both carry the sign. */
function hundredths(bytes: PayloadReader): number {
  const fraction = bytes.i8()
  return (bytes.i8() * 100 + fraction) / 100
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** The clock of the device starts in 2000. */
function dateOf(seconds: number) {
  const date = new Date(Date.UTC(2000, 0, 1) + seconds * 1000)
  return {
    year: date.getUTCFullYear(),
    month: MONTHS[date.getUTCMonth()] ?? 'unknown',
    day: date.getUTCDate(),
    hours: date.getUTCHours(),
    minutes: date.getUTCMinutes(),
    seconds: date.getUTCSeconds(),
  }
}
