export * from './alarm-policy.ts'
export * from './assess.ts'
export * from './corrective-action.ts'
export * from './csv-columns.ts'
export {
  type Decoded,
  decode,
  isUndecodable,
  knownDevices,
  type PayloadReading,
  readingsOf,
  type Undecodable,
} from './decoders/index.ts'
export { editions } from './editions.ts'
export * from './facts.ts'
export * from './limits.ts'
export * from './limits-data.ts'
export * from './permissions.ts'
export * from './replay.ts'
export * from './sensor-fault.ts'
export * from './series.ts'
export * from './unit.ts'
export * from './value.ts'
