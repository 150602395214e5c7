/**
 * Temperature, from a value as it was read to a corrective action that is verified: the rules, and nothing that needs
 * a database or a screen. A reading's way through them:
 *
 *   parseTemperature / sense   text, number or payload → a temperature in the unit read, or a fault of the sensor
 *   judgeAll                   is it compliant? by printed limits, in the unit read, without tolerance
 *   policyClock, assess        does it wake someone? by the unit's alarm policy, with grace and product filter
 *   assessSilence              has the sensor stopped speaking?
 *   quietTemperature           does the machine hold less cold than it used to?
 *   replay, reconcile          what late data changes about excursions that are stored
 *   respond … verify           the corrective action that an alarm opens
 *   decode, guessColumns       ways in: LoRaWAN and Bluetooth payloads, files
 *   downsample                 the way out to a chart
 */
export * from './action-record.ts'
export * from './alarm-policy.ts'
export * from './assess.ts'
export * from './corrective-action.ts'
export * from './csv-columns.ts'
export {
  decode,
  isUndecodable,
  knownDevices,
  readingsOf,
} from './decoders/index.ts'
export { editions, jurisdictionOf, type RulesOf, ruleBooks } from './editions.ts'
export * from './facts.ts'
export * from './likely-unit.ts'
export * from './limits.ts'
export * from './limits-data.ts'
export { instantOfWallTime, offsetClock } from './local-time.ts'
export * from './operating-limit.ts'
export * from './permissions.ts'
export * from './readings.ts'
export * from './records.ts'
export * from './related-id.ts'
export * from './replay.ts'
export * from './routes.ts'
export * from './sensor-fault.ts'
export * from './series.ts'
export {
  type Incident,
  type Simulated,
  type SimulatedKind,
  type SimulatedUnit,
  simulatedReadings,
  simulatedSensor,
} from './simulate.ts'
export * from './slow-drift.ts'
export * from './sync.ts'
export { entities as temperatureEntities } from './sync-entities.ts'
export * from './unit.ts'
export * from './unit-defaults.ts'
export * from './unit-policy.ts'
export * from './value.ts'
