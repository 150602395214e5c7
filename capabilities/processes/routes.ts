import { defineRoutes, IdParams, PageQuery, page } from '@opsflow/platform/route'
import { Signature } from '@opsflow/platform/signature'
import { z } from 'zod'
import { CalibrationInput, NewProbe, Probe, ProbeChange, probeRefusals } from './probe.ts'
import {
  BeginInput,
  CorrectionInput,
  Day,
  EventInput,
  FinishInput,
  Process,
  processRefusals,
  StepReading,
  VerifyInput,
} from './process.ts'
import { PROCESS_KINDS } from './process-words.ts'

const asked = {
  locationId: z.uuid().optional(),
  kind: z.enum(PROCESS_KINDS).optional(),
  state: z.enum(['running', 'finished', 'verified']).optional(),
  result: z.enum(['running', 'passed', 'failed', 'stopped']).optional(),
  /** Begun on these days, as UTC has them. */
  from: Day.optional(),
  to: Day.optional(),
}

const one = { tag: 'processes', params: IdParams, response: Process, refusals: processRefusals } as const

export const processRoutes = defineRoutes({
  'GET /processes': {
    summary: 'Food processes, the latest first',
    tag: 'processes',
    permission: 'processes.read',
    query: PageQuery.extend(asked),
    response: page(Process),
  },
  'GET /processes.csv': {
    summary: 'The same as a file, a line for each reading',
    description: 'At most 20,000 processes, or 422 `processes.too_many_rows`.',
    tag: 'processes',
    permission: 'processes.read',
    query: z.strictObject(asked),
    response: z.string(),
    produces: 'text/csv',
    refusals: ['processes.too_many_rows'],
  },
  'POST /processes': {
    summary: 'Begin a food process',
    description:
      'It is judged by the rule book that holds at its location now. Its id is its maker’s: sent twice, it begins once.',
    tag: 'processes',
    permission: 'processes.run',
    body: BeginInput,
    response: Process,
    status: 201,
    refusals: processRefusals,
  },
  'GET /processes/{id}': { ...one, summary: 'One food process with all its steps', permission: 'processes.read' },
  'POST /processes/{id}/readings': {
    ...one,
    summary: 'Take its temperature',
    description: '`reheat`: the same after reheating what had not cooled in time.',
    permission: 'processes.run',
    body: StepReading,
    status: 201,
  },
  'POST /processes/{id}/corrections': {
    ...one,
    summary: 'Correct a reading that was typed wrongly, with a reason',
    permission: 'processes.run',
    body: CorrectionInput,
    status: 201,
  },
  'POST /processes/{id}/events': {
    ...one,
    summary: 'Into the freezer, out of it, or back under temperature control',
    permission: 'processes.run',
    body: EventInput,
    status: 201,
  },
  'POST /processes/{id}/completion': {
    ...one,
    summary: 'Finish it, and say what became of the food',
    permission: 'processes.run',
    body: FinishInput,
    status: 201,
  },
  'POST /processes/{id}/verification': {
    ...one,
    summary: 'Look at one that failed, as someone who took no part',
    description: 'Signed with the PIN on a shared tablet.',
    permission: 'processes.verify',
    callers: ['member'],
    body: VerifyInput.extend({ signature: Signature.optional() }),
    status: 201,
    refusals: [...processRefusals, 'signature.missing'],
  },
  'GET /probes': {
    summary: 'The probe thermometers of a location, with their calibrations',
    tag: 'processes',
    permission: 'processes.read',
    query: z.strictObject({ locationId: z.uuid() }),
    response: z.object({ items: z.array(Probe) }),
  },
  'POST /probes': {
    summary: 'Register a probe thermometer',
    tag: 'processes',
    permission: 'processes.probes',
    body: NewProbe,
    response: Probe,
    status: 201,
    refusals: probeRefusals,
  },
  'GET /probes/{id}': {
    summary: 'One probe thermometer',
    tag: 'processes',
    permission: 'processes.read',
    params: IdParams,
    response: Probe,
  },
  'PATCH /probes/{id}': {
    summary: 'Rename it, say how often it is calibrated, or take it out of use',
    tag: 'processes',
    permission: 'processes.probes',
    params: IdParams,
    body: ProbeChange,
    response: Probe,
    refusals: probeRefusals,
  },
  'POST /probes/{id}/calibrations': {
    summary: 'Calibrate it in melting ice or boiling water',
    description: 'Right within 2 °F, or 1 °C, of what water does at that altitude.',
    tag: 'processes',
    permission: 'processes.run',
    params: IdParams,
    body: CalibrationInput,
    response: Probe,
    status: 201,
    refusals: probeRefusals,
  },
})
