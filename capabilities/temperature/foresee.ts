import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Doing, Rows } from '@opsflow/platform/sync'
import { withStep } from './action-record.ts'
import type { CorrectiveActionStatus } from './corrective-action.ts'
import type { TemperatureLog } from './readings.ts'
import type { CorrectiveActionRecord, CorrectiveActionStep, UnitState } from './records.ts'
import { correctiveActionIdOf } from './related-id.ts'
import type { Unit } from './routes.ts'
import { entities } from './sync-entities.ts'
import { type Judged, judgeBy, limitsOf, limitText } from './unit-policy.ts'
import type { Temperature } from './value.ts'

/** What a device shows of its own work until the server has spoken, by the server's own rules. */

/** How long until someone should have answered a deviation. */
export const DUE_MINUTES = 30

export async function unitOf(rows: Rows, id: string): Promise<Unit> {
  const unit = (await rows.get<Unit>(entities.unit, id)) ?? notFound()
  if (unit.retiredAt !== null) {
    refuse('conflict', 'temperature.unit_retired', { detail: 'This unit is no longer in use.' })
  }
  return unit
}

export const actionRecord = async (rows: Rows, id: string): Promise<CorrectiveActionRecord> =>
  (await rows.get<CorrectiveActionRecord>(entities.correctiveAction, id)) ?? notFound()

export const signedBy = ({ by, at }: Doing) => ({ by: by.id, at })

type Reading = Pick<TemperatureLog, 'id' | 'measuredAt' | 'flags' | 'note' | 'probe'> & {
  value: Temperature
  correctsId?: string
  /** Of a corrective action that is open already: it opens no other. */
  isRecheck?: boolean
}

/** The reading, the unit as it now stands, and outside the limit the corrective action that it opens. */
export function putReading(rows: Rows, unit: Unit, reading: Reading, doing: Doing): Judged {
  const judged = judgeBy(unit.policy, reading.value)
  rows.put(entities.log, reading.id, unit.locationId, logOf(unit, reading, judged, doing))
  if (unit.state.measuredAt === null || Date.parse(reading.measuredAt) >= Date.parse(unit.state.measuredAt)) {
    rows.put(entities.unit, unit.id, unit.locationId, { ...unit, state: stateAfter(unit, reading, judged) })
  }
  if (judged.compliant === false && !reading.isRecheck) {
    const opened = openedBy(unit, reading, doing)
    rows.put(entities.correctiveAction, opened.id, unit.locationId, opened)
  }
  return judged
}

const logOf = (unit: Unit, reading: Reading, judged: Judged, { by, kiosk, at }: Doing): TemperatureLog => ({
  id: reading.id,
  unitId: unit.id,
  unitName: unit.name,
  locationId: unit.locationId,
  sensorId: null,
  measuredAt: reading.measuredAt,
  receivedAt: at,
  source: 'typed',
  value: reading.value,
  fault: null,
  isCompliant: judged.compliant,
  limitId: judged.limitId,
  ruleEdition: judged.edition,
  policyId: judged.policyId,
  flags: reading.flags,
  note: reading.note,
  probe: reading.probe,
  recordedBy: by,
  kiosk,
  deviceId: null,
  importId: null,
  timeQuality: 'device',
  correctsId: reading.correctsId ?? null,
  correctedById: null,
})

function stateAfter({ state, policy }: Unit, { value, measuredAt }: Reading, judged: Judged): UnitState {
  const isQuiet = state.alarmId === null && state.excursionId === null
  const isOver = isQuiet && (state.status === 'alarm' || state.status === 'no_data')
  return {
    ...state,
    status: judged.compliant === false ? 'alarm' : isOver ? 'ok' : state.status,
    value,
    isCompliant: judged.compliant,
    measuredAt,
    receivedAt: measuredAt,
    source: 'typed',
    limitText: limitText(limitsOf(policy), value.unit),
  }
}

function openedBy(unit: Unit, { id, value }: Reading, doing: Doing): CorrectiveActionRecord {
  return {
    id: correctiveActionIdOf(id),
    unitId: unit.id,
    unitName: unit.name,
    locationId: unit.locationId,
    alarmId: null,
    temperatureLogId: id,
    taskId: null,
    state: 'opened',
    openedAt: doing.at,
    dueAt: new Date(Date.parse(doing.at) + DUE_MINUTES * 60_000).toISOString(),
    closedAt: null,
    verifiedAt: null,
    response: null,
    rechecks: [],
    history: [stepOf({ step: 'opened', value }, doing)],
  }
}

type Foreseen = Pick<CorrectiveActionStep, 'step'> & {
  [K in 'note' | 'cause' | 'action' | 'disposition' | 'value' | 'passed' | 'signature']?:
    | CorrectiveActionStep[K]
    | undefined
}

const stepOf = (step: Foreseen, { by, kiosk, at }: Doing): CorrectiveActionStep => ({
  step: step.step,
  at,
  receivedAt: at,
  timeQuality: 'exact',
  outcome: 'applied',
  signature: step.signature ?? null,
  by,
  kiosk,
  note: step.note ?? '',
  cause: step.cause ?? null,
  action: step.action ?? null,
  disposition: step.disposition ?? null,
  value: step.value ?? null,
  passed: step.passed ?? null,
})

/** One more step of a corrective action, and the state it has come to. */
export async function noteStep(rows: Rows, id: string, step: Foreseen, doing: Doing, state?: CorrectiveActionStatus) {
  const record = await rows.get<CorrectiveActionRecord>(entities.correctiveAction, id)
  if (!record) return
  rows.put(
    entities.correctiveAction,
    id,
    record.locationId,
    withStep(record, state ?? record.state, stepOf(step, doing)),
  )
}
