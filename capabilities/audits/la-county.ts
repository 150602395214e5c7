export type LaClosure = 'no_water' | 'sewage' | 'vermin'
export type LaInspection = {
  major: number
  minor: number
  /** Good retail practices that were missed. */
  goodRetailPractice: number
  /** Why it was closed. Each kind counts once. */
  closures: readonly LaClosure[]
}
export type LaGrade = 'A' | 'B' | 'C'

/**
 * Los Angeles County's retail food grades as data: from 100 downwards, as of the guide of July 2016. What closes a
 * place is a major violation too, so it costs 11 in all.
 */
export const laCountyScheme = {
  id: 'la_county',
  edition: 'FOIR Reference Guide, July 2016',
  major: 4,
  minor: 2,
  goodRetailPractice: 1,
  /** Once, where there are two or more majors. */
  severalMajors: 3,
  closure: 7,
  bands: [
    { grade: 'A', from: 90 },
    { grade: 'B', from: 80 },
    { grade: 'C', from: 70 },
  ] satisfies { grade: LaGrade; from: number }[],
}

/** The score, its letter, and the card at the door: below the last letter it shows the number. */
export function laCountyScore(inspection: LaInspection, scheme = laCountyScheme) {
  const surcharges = [
    ...(inspection.major >= 2 ? [{ for: 'several_majors' as const, points: scheme.severalMajors }] : []),
    ...[...new Set(inspection.closures)].map((closure) => ({ for: closure, points: scheme.closure })),
  ]
  const deductions =
    scheme.major * inspection.major +
    scheme.minor * inspection.minor +
    scheme.goodRetailPractice * inspection.goodRetailPractice +
    surcharges.reduce((sum, { points }) => sum + points, 0)
  const score = Math.max(0, 100 - deductions)
  const grade = scheme.bands.find(({ from }) => score >= from)?.grade ?? null
  return { deductions, surcharges, score, grade, card: grade ?? `SCORE ${score}` }
}
