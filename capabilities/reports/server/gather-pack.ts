import type { Audit } from '@opsflow/capabilities/audits'
import { listAudits } from '@opsflow/capabilities/audits/server'
import type { Presence } from '@opsflow/capabilities/checklists'
import { presencesShown, type ReportedChecklist, reportChecklists } from '@opsflow/capabilities/checklists/server'
import { type PhotoNamed, type PrintedPhoto, photosNamedBy } from '@opsflow/capabilities/evidence/server'
import type { Finding } from '@opsflow/capabilities/findings'
import { reportFindings } from '@opsflow/capabilities/findings/server'
import { type ReportedPlan, reportPlans } from '@opsflow/capabilities/haccp/server'
import type { Process } from '@opsflow/capabilities/processes'
import { reportProcesses } from '@opsflow/capabilities/processes/server'
import { reportTemperatures, type TemperatureReport } from '@opsflow/capabilities/temperature/server'
import { notFound } from '@opsflow/platform/refusal'
import { logoInUse, type StoredLogo } from '@opsflow/platform/server/paper/logo'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { gapsOf, type PackCheck } from '../pack.ts'
import { MOST, within } from './most.ts'
import { placeOf, type ReportPlace } from './store-place.ts'

/** Printed: more would weigh more than can be sent. The rest is told, and stands in the records themselves. */
export const MOST_PHOTOS = 500

/** With its photos: for whom may see them. */
export type PackAsked = { locationId: string; from: string; to: string; photos: boolean }

/** Everything an inspector's pack tells, as the database has it in one instant. */
export type Pack = {
  place: ReportPlace
  logo: StoredLogo | null
  from: string
  to: string
  /** When it was put together. */
  at: string
  plans: readonly ReportedPlan[]
  audits: readonly ReportedAudit[]
  checklists: readonly ReportedChecklist[]
  findings: readonly Finding[]
  processes: readonly Process[]
  gaps: PackCheck['gaps']
  photos: readonly PackPhoto[]
} & TemperatureReport

/** With what says most of someone having been at the place for it. Null: nobody tried to show it. */
export type ReportedAudit = Audit & { shown: Presence | null }

/** A photo of a finding or a deviation, and whose. Named, until its picture is fetched. */
export type PackPhoto = PhotoNamed & { of: 'found' | 'put_right' | 'deviation'; bytes?: PrintedPhoto['bytes'] }

export async function gatherPack(tx: ReadTx, { locationId, from, to, ...asked }: PackAsked): Promise<Pack> {
  const place = (await placeOf(tx, { locationId, from, to })) ?? notFound()
  const checklists = within(await reportChecklists(tx, { locationId, from, to }, MOST + 1))
  const temperatures = await reportTemperatures(tx, { locationId, from, to }, MOST + 1)
  const { days, excursions, deviations } = temperatures
  for (const rows of [days, excursions, deviations]) within<unknown>(rows)
  const { sql, params = [] } = listAudits(tx.actor, { locationId, from, to }, MOST + 1)
  const audits = await withPresence(tx, within(await tx.query<Audit>(sql, params)).toReversed())
  const span = { locationId, starts: place.starts, ends: place.ends }
  const findings = within(await reportFindings(tx, span, MOST + 1))
  const processes = within(await reportProcesses(tx, span, MOST + 1))
  const plans = await reportPlans(tx, { locationId, from, to })
  const photos = asked.photos ? within(await photosOf(tx, { findings, deviations })) : []
  const told = { ...temperatures, plans, audits, checklists, findings, processes, photos }
  const now = Date.now()
  const gaps = gapsOf({ ...told, plans: plans.map(asCounted), from, to, today: place.today, now })
  const logo = await logoInUse(tx)
  return { place, logo, from, to, at: new Date(now).toISOString(), ...told, gaps }
}

async function withPresence(tx: ReadTx, audits: readonly Audit[]): Promise<ReportedAudit[]> {
  const shown = await presencesShown(
    tx,
    audits.map(({ checklistId }) => checklistId),
  )
  return audits.map((audit) => ({ ...audit, shown: shown.get(audit.checklistId) ?? null }))
}

const asCounted = ({ signed }: ReportedPlan) => ({
  signed: signed && {
    reviewDue: signed.reviewDue,
    points: signed.monitoring.controls.filter(({ kind }) => kind === 'ccp').map(({ standing }) => standing),
  },
})

/** Of what was found and what was done about it. Those of every answer stand in the checklists' own records. */
async function photosOf(
  tx: ReadTx,
  { findings, deviations }: Pick<Pack, 'findings' | 'deviations'>,
): Promise<PackPhoto[]> {
  const found = await photosNamedBy(
    tx,
    'checklist_answer',
    findings.map(({ answerId }) => answerId),
  )
  const putRight = await photosNamedBy(
    tx,
    'finding',
    findings.map(({ id }) => id),
  )
  const ofDeviations = await photosNamedBy(
    tx,
    'corrective_action',
    deviations.map(({ id }) => id),
  )
  return [
    ...found.map((photo) => ({ ...photo, of: 'found' as const })),
    ...putRight.map((photo) => ({ ...photo, of: 'put_right' as const })),
    ...ofDeviations.map((photo) => ({ ...photo, of: 'deviation' as const })),
  ]
}

export function checkOf({ place: { id, name }, from, to, gaps, ...pack }: Pack): PackCheck {
  const { plans, checklists, audits, units, days, excursions, deviations, findings, processes, photos } = pack
  return {
    ...{ location: { id, name }, from, to, gaps },
    counts: {
      plans: plans.filter(({ signed }) => signed !== null).length,
      checklists: checklists.length,
      audits: audits.length,
      units: units.length,
      readings: days.reduce((sum, { readings }) => sum + readings, 0),
      excursions: excursions.length,
      deviations: deviations.length,
      findings: findings.length,
      processes: processes.length,
      photos: photos.length,
    },
  }
}
