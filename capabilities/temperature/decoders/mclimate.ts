import { BadPayload, type Codec, reading } from './payload.ts'

const EVENTS: Record<number, string> = { 1: 'keepalive', 32: 'reed switch', 33: 'push button' }

/** MClimate open/close sensor: a door contact with a thermistor (10 bits, tenths of a degree). */
export const mclimate: Codec = {
  devices: ['mclimate/open-close-sensor'],
  decode(bytes) {
    const event = EVENTS[bytes.u8()]
    if (event === undefined) throw new BadPayload('unknown message')
    const batteryMillivolts = bytes.u8() * 8 + 1600
    const thermistor = bytes.u16()
    return {
      event,
      batteryVoltage: Math.round(batteryMillivolts / 100) / 10,
      thermistorProperlyConnected: (thermistor & 0x0400) === 0,
      temperature: (thermistor & 0x03ff) / 10,
      counter: bytes.u24(),
      status: bytes.u8(),
    }
  },
  readings: ({ thermistorProperlyConnected, temperature }) => [
    reading('temperature', thermistorProperlyConnected === true ? temperature : null),
  ],
}
