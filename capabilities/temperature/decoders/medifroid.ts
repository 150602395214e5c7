import { BadPayload, type Codec, entries, reading } from './payload.ts'

const DATA_FRAMES = [3, 4]
const ALARM_BYTES = 5

/** Medifroid CTS LORA cold chain loggers: measures as half-precision floats, channel by channel. */
export const medifroid: Codec = {
  devices: ['medifroid/ctslora'],
  decode(bytes) {
    const frameType = bytes.u8()
    const [channelCount, battery] = nibbles(bytes.u8())
    const [protocolVersion, settingVersion] = nibbles(bytes.u8())
    const header = { frameType, battery, channelCount, protocolVersion, settingVersion, date: bytes.u32() }
    if (!DATA_FRAMES.includes(frameType)) return { header }
    if (protocolVersion !== 1 || channelCount === 0) throw new BadPayload('unknown protocol version')
    const alarms = Array.from({ length: ALARM_BYTES }, bytes.u8)
    const measureCount = Math.floor(bytes.remaining / (2 * channelCount))
    const measures = Array.from({ length: measureCount * channelCount }, () => halfFloat(bytes.u16()))
    const channels = Array.from({ length: channelCount }, (_, channel) => ({
      measures: measures.filter((_, index) => index % channelCount === channel).map((value) => ({ value })),
    }))
    return { header, channels, alarms, completeData: bytes.remaining === 0, measureCount }
  },
  /** Measures are dated by a counter of the campaign, not by a calendar: only the newest is a reading of now. */
  readings: ({ channels }) =>
    entries(channels).flatMap(({ measures }, index) => {
      const newest = entries(measures).at(-1)
      return newest === undefined ? [] : [reading(`channel_${index + 1}`, newest.value)]
    }),
}

const nibbles = (byte: number): [number, number] => [byte >> 4, byte & 0x0f]

/** IEEE 754 binary16; null where it holds no number. */
function halfFloat(bits: number): number | null {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = (bits & 0x03ff) / 1024
  if (exponent === 0x1f) return null
  return exponent === 0 ? sign * 2 ** -14 * fraction : sign * 2 ** (exponent - 15) * (1 + fraction)
}
