import { BadPayload, type Codec, reading } from './payload.ts'

/** Ruuvi data format 5: the manufacturer data (company 0x0499) of a BLE advertisement, without the company id. */
export const ruuvi: Codec = {
  devices: ['ruuvi/tag-df5', 'ruuvi/tag-df5 (BLE manufacturer data 0x0499)'],
  decode(bytes) {
    if (bytes.u8() !== 5) throw new BadPayload('unknown data format')
    const temperature = unless(-0x8000, bytes.i16(), (raw) => (raw * 5) / 1000)
    const humidity = unless(0xffff, bytes.u16(), (raw) => (raw * 25) / 10_000)
    const pressurePa = unless(0xffff, bytes.u16(), (raw) => raw + 50_000)
    bytes.skip(ACCELERATION_BYTES)
    const power = bytes.u16()
    return {
      temperature,
      humidity,
      pressurePa,
      batteryV: unless(0x7ff, power >> 5, (raw) => (raw + 1600) / 1000),
      txPowerDbm: unless(0x1f, power & 0x1f, (raw) => raw * 2 - 40),
      movementCounter: unless(0xff, bytes.u8(), (raw) => raw),
      sequence: unless(0xffff, bytes.u16(), (raw) => raw),
      mac: macOf(bytes.hex(6)),
    }
  },
  readings: ({ temperature }) => [reading('temperature', temperature)],
}

const ACCELERATION_BYTES = 6

/** Each field has a value that means "not available". */
const unless = (notAvailable: number, raw: number, value: (raw: number) => number) =>
  raw === notAvailable ? null : value(raw)

const macOf = (hex: string) => (hex === 'FFFFFFFFFFFF' ? null : hex)
