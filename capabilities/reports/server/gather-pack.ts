import type { Audit } from '@opsflow/capabilities/audits'
import { listAudits } from '@opsflow/capabilities/audits/server'
import { type ReportedChecklist, reportChecklists } from '@opsflow/capabilities/checklists/server'
import type { Finding } from '@opsflow/capabilities/findings'
import { reportFindings } from '@opsflow/capabilities/findings/server'
import type { Process } from '@opsflow/capabilities/processes'
import { reportProcesses } from '@opsflow/capabilities/processes/server'
import { reportTemperatures, type TemperatureReport } from '@opsflow/capabilities/temperature/server'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { gapsOf, type PackCheck } from '../pack.ts'
import { placeOf, type ReportPlace } from './store-place.ts'

/** More of one kind than any file should hold: a year of the busiest location is a third of it. */
const MOST = 20_000

export type PackAsked = { locationId: string; from: string; to: string }

/** Everything an inspector's pack tells, as the database has it in one instant. */
export type Pack = {
  place: ReportPlace
  from: string
  to: string
  /** When it was put together. */
  at: string
  audits: readonly Audit[]
  checklists: readonly ReportedChecklist[]
  findings: readonly Finding[]
  processes: readonly Process[]
  gaps: PackCheck['gaps']
} & TemperatureReport

export async function gatherPack(tx: ReadTx, { locationId, from, to }: PackAsked): Promise<Pack> {
  const place = (await placeOf(tx, { locationId, from, to })) ?? notFound()
  const checklists = within(await reportChecklists(tx, { locationId, from, to }, MOST + 1))
  const temperatures = await reportTemperatures(tx, { locationId, from, to }, MOST + 1)
  const { days, excursions, deviations } = temperatures
  for (const rows of [days, excursions, deviations]) within<unknown>(rows)
  const { sql, params = [] } = listAudits(tx.actor, { locationId, from, to }, MOST + 1)
  const audits = within(await tx.query<Audit>(sql, params)).toReversed()
  const span = { locationId, starts: place.starts, ends: place.ends }
  const findings = within(await reportFindings(tx, span, MOST + 1))
  const processes = within(await reportProcesses(tx, span, MOST + 1))
  const told = { ...temperatures, audits, checklists, findings, processes }
  const now = Date.now()
  const gaps = gapsOf({ ...told, from, to, today: place.today, now })
  return { place, from, to, at: new Date(now).toISOString(), ...told, gaps }
}

export function checkOf({ place: { id, name }, from, to, gaps, ...pack }: Pack): PackCheck {
  const { checklists, audits, units, days, excursions, deviations, findings, processes } = pack
  return {
    ...{ location: { id, name }, from, to, gaps },
    counts: {
      checklists: checklists.length,
      audits: audits.length,
      units: units.length,
      readings: days.reduce((sum, { readings }) => sum + readings, 0),
      excursions: excursions.length,
      deviations: deviations.length,
      findings: findings.length,
      processes: processes.length,
    },
  }
}

function within<Row>(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= MOST) return rows
  return refuse('invalid', 'reports.too_much', {
    detail: `More than ${MOST.toLocaleString('en')} records of a kind. Choose fewer days.`,
    errors: [{ path: 'query.from', code: 'reports.too_much', message: 'Choose fewer days.' }],
  })
}
