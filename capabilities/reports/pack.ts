import type { Standing } from '@opsflow/capabilities/haccp'
import { z } from 'zod'

const DAY_MS = 86_400_000
/** A year and a day, so that a whole leap year fits. */
export const LONGEST_DAYS = 366

/** Business days of a location, both inclusive. */
export const packSpan = { locationId: z.uuid(), from: z.iso.date(), to: z.iso.date() }
export const isPackSpan = ({ from, to }: { from: string; to: string }) =>
  from <= to && Date.parse(to) - Date.parse(from) < LONGEST_DAYS * DAY_MS
export const notASpan = { message: `At most ${LONGEST_DAYS} days, the first one first.`, path: ['to'] }

export const PackLanguage = z.enum(['en', 'es'])
export type PackLanguage = z.infer<typeof PackLanguage>

/** What the records of a time lack. An inspector sees it too: it is told, never left out. */
export const GAPS = [
  'plan_missing',
  'plan_unsigned',
  'plan_review_overdue',
  'points_not_monitored',
  'checklists_missed',
  'verification_missing',
  'photos_missing',
  'deviations_open',
  'deviations_unverified',
  'findings_overdue',
  'findings_unverified',
  'processes_unverified',
  'days_without_readings',
] as const
export type GapKind = (typeof GAPS)[number]

const count = z.int().nonnegative()
export const PackCheck = z
  .object({
    location: z.object({ id: z.uuid(), name: z.string() }),
    from: z.iso.date(),
    to: z.iso.date(),
    /** What the pack holds. */
    counts: z.object({
      /** HACCP plans in force. */
      plans: count,
      checklists: count,
      audits: count,
      units: count,
      readings: count,
      excursions: count,
      deviations: count,
      findings: count,
      processes: count,
      photos: count,
    }),
    gaps: z.array(z.object({ kind: z.enum(GAPS), count: z.int().positive() })),
  })
  .meta({ id: 'InspectorPackCheck' })
export type PackCheck = z.infer<typeof PackCheck>

type Facts = {
  /** HACCP plans in use; null: never signed. `points`: how its critical control points were monitored. */
  plans: readonly { signed: { reviewDue: string; points: readonly Standing[] } | null }[]
  checklists: readonly { outcome: string; awaitsVerification: boolean; photosMissing: number }[]
  deviations: readonly { state: string }[]
  findings: readonly { state: string; dueAt: string }[]
  processes: readonly { needsVerification: boolean; state: string }[]
  units: readonly { id: string; since: string; until: string | null }[]
  days: readonly { unitId: string; day: string }[]
  from: string
  to: string
  /** The business day it is. One that is not over lacks nothing yet. */
  today: string
  /** The instant it is. */
  now: number
}

const FINE: readonly Standing[] = ['as_planned', 'nothing_due']

/** Not every place needs a plan: that there is none is told, and nothing waits for it. */
export const gapsToWaitFor = (gaps: PackCheck['gaps']) => gaps.filter(({ kind }) => kind !== 'plan_missing')

/** What is missing, the kinds in their order. */
export function gapsOf(facts: Facts): PackCheck['gaps'] {
  const { plans, checklists, deviations, findings, processes, today, now } = facts
  const signed = plans.flatMap((plan) => plan.signed ?? [])
  const counts: Record<GapKind, number> = {
    plan_missing: plans.length === 0 ? 1 : 0,
    // A draft beside a plan in force is only that.
    plan_unsigned: signed.length === 0 ? plans.length : 0,
    plan_review_overdue: signed.filter(({ reviewDue }) => reviewDue < today).length,
    points_not_monitored: signed.flatMap(({ points }) => points).filter((one) => !FINE.includes(one)).length,
    checklists_missed: checklists.filter(({ outcome }) => outcome === 'missed').length,
    verification_missing: checklists.filter(({ awaitsVerification }) => awaitsVerification).length,
    photos_missing: checklists.reduce((sum, { photosMissing }) => sum + photosMissing, 0),
    deviations_open: deviations.filter(({ state }) => state !== 'closed' && state !== 'verified').length,
    deviations_unverified: deviations.filter(({ state }) => state === 'closed').length,
    findings_overdue: findings.filter(({ state, dueAt }) => state === 'open' && Date.parse(dueAt) <= now).length,
    findings_unverified: findings.filter(({ state }) => state === 'fixed').length,
    processes_unverified: processes.filter((one) => one.needsVerification && one.state === 'finished').length,
    days_without_readings: daysWithout(facts),
  }
  return GAPS.flatMap((kind) => (counts[kind] > 0 ? [{ kind, count: counts[kind] }] : []))
}

/** Whole business days on which a unit was there all day and nobody read it. */
function daysWithout({ units, days, from, to, today }: Facts): number {
  const read = new Set(days.map(({ unitId, day }) => `${unitId} ${day}`))
  let without = 0
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10)
    if (day >= today) break
    for (const { id, since, until } of units)
      if (since < day && (until === null || until > day) && !read.has(`${id} ${day}`)) without++
  }
  return without
}
