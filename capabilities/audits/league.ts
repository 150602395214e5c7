import { z } from 'zod'

/** Fewer audits than this say little about a place, and so does one that is older than this. */
const LEAST_AUDITS = 3
const OLDEST_DAYS = 92
const DAY_MS = 86_400_000

const score = z.number().min(0).max(100)
/** How a location's audits came out in a time, those whose scheme knows a percentage. */
export const LeagueRow = z.object({
  locationId: z.uuid(),
  name: z.string(),
  audits: z.int().positive(),
  average: score,
  lowest: score,
  highest: score,
  latest: score,
  latestDate: z.iso.date(),
  /** How many were not passed. */
  failed: z.int().nonnegative(),
})
export type LeagueRow = z.infer<typeof LeagueRow>

/** ranked: by average · few: too few audits to be compared · old: nobody has audited it for a quarter */
export const LeaguePlace = LeagueRow.extend({
  standing: z.enum(['ranked', 'few', 'old']),
  /** Equal averages share one. Null: not compared. */
  rank: z.int().positive().nullable(),
}).meta({ id: 'AuditLeaguePlace' })
export type LeaguePlace = z.infer<typeof LeaguePlace>

/** Who can be compared, best first; then who cannot, with why. `today` is a calendar day. */
export function leagueOf(rows: readonly LeagueRow[], today: string): LeaguePlace[] {
  const standingOf = ({ audits, latestDate }: LeagueRow) =>
    audits < LEAST_AUDITS ? 'few' : Date.parse(today) - Date.parse(latestDate) > OLDEST_DAYS * DAY_MS ? 'old' : 'ranked'
  const better = (one: LeagueRow, other: LeagueRow) =>
    other.average - one.average || other.audits - one.audits || one.name.localeCompare(other.name)
  const placed = rows.map((row) => ({ ...row, standing: standingOf(row) }) as const).sort(better)
  const ranked = placed.filter(({ standing }) => standing === 'ranked')
  const rankOf = (average: number) => ranked.findIndex((one) => one.average === average) + 1
  return [
    ...ranked.map((row) => ({ ...row, rank: rankOf(row.average) })),
    ...placed.filter(({ standing }) => standing !== 'ranked').map((row) => ({ ...row, rank: null })),
  ]
}
