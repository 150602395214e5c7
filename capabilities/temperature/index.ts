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
export * from './operating-limit.ts'
export * from './permissions.ts'
export * from './readings.ts'
export * from './records.ts'
export * from './replay.ts'
export * from './routes.ts'
export * from './sensor-fault.ts'
export * from './series.ts'
export {
  type Incident,
  type Simulated,
  type SimulatedKind,
  type SimulatedReading,
  type SimulatedUnit,
  simulatedReadings,
  simulatedSensor,
} from './simulate.ts'
export * from './unit.ts'
export * from './unit-defaults.ts'
export * from './unit-policy.ts'
export * from './value.ts'
