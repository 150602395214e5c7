import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import type { Signatures } from '@opsflow/platform/server/signatures'
import { temperatureRoutes } from '../routes.ts'
import { alarmHandlers } from './http-alarms.ts'
import { dashboardHandlers } from './http-dashboard.ts'
import { importHandlers } from './http-imports.ts'
import { readingHandlers } from './http-readings.ts'
import { unitHandlers } from './http-units.ts'
import type { Months } from './months.ts'
import type { ImportRunner } from './run-import.ts'

export { acknowledgeAlarm } from './acknowledge-alarm.ts'
export { addSensor } from './add-sensor.ts'
export { addUnit } from './add-unit.ts'
export { closeDeviation, recheckDeviation, respondToDeviation, verifyDeviation } from './answer-corrective-action.ts'
export { startDriftWatch } from './drift-watch.ts'
export { followRules } from './follow-rules.ts'
export { systemActor } from './may.ts'
export { type Months, monthsThrough } from './months.ts'
export { temperatureServerMutators } from './mutators.ts'
export { recordByHand } from './record-by-hand.ts'
export { recordReadings } from './record-readings.ts'
export { type ImportRunner, importRunner, resumeImports } from './run-import.ts'
export { noteSilences, startSilenceWatch } from './silence-watch.ts'
export { ensureMonth, findSilences } from './store-across-tenants.ts'
export { reportTemperatures, type TemperatureReport } from './store-report.ts'
export { syncedTemperature } from './synced.ts'

export type TemperatureParts = { months: Months; imports: ImportRunner; signatures: Signatures }

export const temperatureImplementations = ({ months, imports, signatures }: TemperatureParts): Implementation[] =>
  implement(temperatureRoutes, {
    ...dashboardHandlers,
    ...unitHandlers,
    ...readingHandlers(months),
    ...alarmHandlers(signatures),
    ...importHandlers(imports),
  })
