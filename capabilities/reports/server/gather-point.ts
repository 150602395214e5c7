import { type ReportedPoint, reportPoint } from '@opsflow/capabilities/haccp/server'
import type { Process } from '@opsflow/capabilities/processes'
import { reportProcesses } from '@opsflow/capabilities/processes/server'
import { reportTemperatures, type TemperatureReport } from '@opsflow/capabilities/temperature/server'
import { notFound } from '@opsflow/platform/refusal'
import { logoInUse, type StoredLogo } from '@opsflow/platform/server/paper/logo'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { MOST, within } from './most.ts'
import { placeOf, type ReportPlace } from './store-place.ts'

export type PointAsked = { planId: string; pointId: string; from: string; to: string }

/** Everything that was recorded of one control point in a time, as the database has it in one instant. */
export type PointReport = ReportedPoint &
  TemperatureReport & {
    place: ReportPlace
    logo: StoredLogo | null
    from: string
    to: string
    /** When it was put together. */
    at: string
    processes: readonly Process[]
  }

/** Of the location's records those that the plan ties to this point. */
export async function gatherPoint(tx: ReadTx, asked: PointAsked): Promise<PointReport> {
  const told = await reportPoint(tx, asked)
  const { from, to } = asked
  const { locationId } = told.plan
  const place = (await placeOf(tx, { locationId, from, to })) ?? notFound()
  const { ties } = told.point.control
  const units = new Set(ties.flatMap((tie) => (tie.kind === 'unit' ? [tie.unitId] : [])))
  const kinds = new Set<string>(ties.flatMap((tie) => (tie.kind === 'process' ? [tie.process] : [])))
  const read =
    units.size > 0
      ? await reportTemperatures(tx, { locationId, from, to }, MOST + 1)
      : { units: [], days: [], excursions: [], deviations: [] }
  const span = { locationId, starts: place.starts, ends: place.ends }
  const foods = kinds.size > 0 ? within(await reportProcesses(tx, span, MOST + 1)) : []
  return {
    ...{ ...told, place, logo: await logoInUse(tx), from, to, at: new Date().toISOString() },
    units: read.units.filter(({ id }) => units.has(id)),
    days: [...within(read.days)].filter(({ unitId }) => units.has(unitId)),
    excursions: [...within(read.excursions)].filter(({ unitId }) => units.has(unitId)),
    deviations: [...within(read.deviations)].filter(({ unitId }) => units.has(unitId)),
    processes: foods.filter(({ kind }) => kinds.has(kind)),
  }
}
