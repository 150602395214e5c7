import { milliText } from '@opsflow/capabilities/temperature'
import type { Process } from '../process.ts'

export type NamedProcess = { process: Process; place: string }

/** Processes as rows for a spreadsheet, one for each thing that was done; times in UTC. */
export const processesTable = (rows: readonly NamedProcess[]): string[][] => [
  [
    ...['location', 'kind', 'product', 'batch', 'amount', 'began_at', 'began_by', 'rules', 'result', 'failure'],
    ...[
      'disposition',
      'finished_at',
      'finished_by',
      'verified_at',
      'verified_by',
      'step',
      'step_at',
      'step_by',
      'value',
    ],
    ...[
      'unit',
      'held_into',
      'held_seconds',
      'probe',
      'probe_standing',
      'time_quality',
      'outcome',
      'note',
      'process_id',
    ],
  ],
  ...rows.flatMap(({ process, place }) => {
    const whole = wholeOf(process, place)
    const steps = process.steps.length > 0 ? process.steps.map(stepOf) : [new Array(12).fill('')]
    return steps.map((step) => [...whole, ...step, process.id])
  }),
]

const wholeOf = (process: Process, place: string): string[] => [
  ...[place, process.kind, process.product, process.batch, process.amount, process.beganAt],
  ...[process.beganBy?.name ?? '', process.edition, process.result, process.failure ?? '', process.disposition ?? ''],
  ...[
    process.finishedAt ?? '',
    process.finishedBy?.name ?? '',
    process.verifiedAt ?? '',
    process.verifiedBy?.name ?? '',
  ],
]

const stepOf = (step: Process['steps'][number]): string[] => [
  ...[step.step, step.at, step.by?.name ?? '', step.value ? milliText(step.value.milli) : '', step.value?.unit ?? ''],
  ...[step.value ? step.of : '', step.heldSeconds === null ? '' : String(step.heldSeconds), step.probe?.name ?? ''],
  ...[step.probeStanding ?? '', step.timeQuality ?? '', step.outcome, step.note],
]
