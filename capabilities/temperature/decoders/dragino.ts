import { type Codec, type PayloadReader, reading } from './payload.ts'

const PROBE = 1
const NO_VALUE = 0x7fff

/** Dragino LHT65: a sensor in the box and, on the cable, usually a DS18B20. 0x7FFF is an unplugged probe. */
export const dragino: Codec = {
  devices: ['dragino/lht65'],
  fPorts: [2],
  decode(bytes) {
    const battery = bytes.u16()
    const decoded = {
      BatV: (battery & 0x3fff) / 1000,
      Bat_status: battery >> 14,
      TempC_SHT: hundredths(bytes),
      Hum_SHT: bytes.u16() / 10,
    }
    const isProbe = (bytes.u8() & 0x7f) === PROBE
    return isProbe ? { ...decoded, Ext_sensor: 'Temperature Sensor', TempC_DS: hundredths(bytes) } : decoded
  },
  readings: (decoded) => [
    reading('internal', decoded.TempC_SHT),
    ...('TempC_DS' in decoded ? [reading('external', decoded.TempC_DS)] : []),
  ],
}

function hundredths(bytes: PayloadReader): number | null {
  const raw = bytes.i16()
  return raw === NO_VALUE ? null : raw / 100
}
