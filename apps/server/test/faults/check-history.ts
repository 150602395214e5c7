import type { Operation, Sighting } from './history.ts'

/** A write as it lies there: whose it is, and of which record. In the order in which the record tells it. */
export type Stored = { mark: string; marker: string; record?: string | undefined }

/** What was read at the end, in one way. */
export type Reading = { by: string; rows: readonly Stored[] }

export type Verdict = {
  operations: number
  acknowledged: number
  refused: number
  /** Not heard of at least once. */
  unknown: number
  /** Acknowledged, and not there. */
  lost: string[]
  /** There more than once. */
  doubled: string[]
  /** Refused, and there all the same. */
  visibleRefused: string[]
  /** Of one customer, seen by another or lying there. */
  foreign: string[]
  /** Acknowledged before another was asked for, and told after it. */
  disordered: string[]
  /** Still nobody knows. */
  unsettled: string[]
  /** There, though nobody asked for it. */
  invented: string[]
}

/**
 * The judge. `before` is what lay there before unknown ones were asked for again: an unknown one may be there once or not
 * at all. Afterwards every acknowledged write must be there exactly once, in every reading.
 */
export function checkHistory(
  operations: readonly Operation[],
  before: readonly Stored[],
  readings: readonly Reading[],
  sightings: readonly Sighting[],
): Verdict {
  const verdict: Verdict = {
    operations: operations.length,
    acknowledged: operations.filter(({ outcome }) => outcome === 'ok').length,
    refused: operations.filter(({ outcome }) => outcome === 'fail').length,
    unknown: operations.filter(({ wasUnknown }) => wasUnknown).length,
    ...{ lost: [], doubled: [], visibleRefused: [], disordered: [], invented: [] },
    foreign: sightings.map(({ client, where, what }) => `${client} saw ${what} in ${where}`),
    unsettled: operations.filter(({ outcome }) => outcome === 'unknown').map(({ marker }) => marker),
  }
  for (const [marker, { rows }] of byMarker(before)) {
    if (rows.length > 1) verdict.doubled.push(`${marker} (before it was settled)`)
  }
  for (const { by, rows } of readings) {
    judgePresence(verdict, by, operations, byMarker(rows))
    verdict.disordered.push(...disordered(by, operations, byMarker(rows)))
  }
  return verdict
}

type Found = { rows: Stored[]; at: number }

function byMarker(rows: readonly Stored[]): Map<string, Found> {
  const found = new Map<string, Found>()
  rows.forEach((row, at) => {
    const known = found.get(row.marker)
    if (known) known.rows.push(row)
    else found.set(row.marker, { rows: [row], at })
  })
  return found
}

function judgePresence(verdict: Verdict, by: string, operations: readonly Operation[], found: Map<string, Found>) {
  const asked = new Set<string>()
  for (const { marker, mark, outcome } of operations) {
    asked.add(marker)
    const rows = found.get(marker)?.rows ?? []
    const told = `${marker} (${by})`
    if (outcome === 'ok' && rows.length === 0) verdict.lost.push(told)
    if (outcome === 'fail' && rows.length > 0) verdict.visibleRefused.push(told)
    if (rows.length > 1) verdict.doubled.push(told)
    if (rows.some((row) => row.mark !== mark)) verdict.foreign.push(`${told} lies with another customer`)
  }
  for (const marker of found.keys()) if (!asked.has(marker)) verdict.invented.push(`${marker} (${by})`)
}

/** Per record: what was acknowledged before another was asked for stands before it. */
function disordered(by: string, operations: readonly Operation[], found: Map<string, Found>): string[] {
  const records = new Map<string, { marker: string; invokedAt: number; endedAt: number; at: number }[]>()
  for (const { record, outcome, marker, invokedAt, endedAt } of operations) {
    const at = found.get(marker)?.at
    if (record === undefined || outcome !== 'ok' || endedAt === undefined || at === undefined) continue
    records.set(record, [...(records.get(record) ?? []), { marker, invokedAt, endedAt, at }])
  }
  const findings: string[] = []
  for (const told of records.values()) {
    told.sort((a, b) => a.at - b.at)
    // Going backwards through the record: nothing that stands later may have ended before this one was asked for.
    let earliest: (typeof told)[number] | undefined
    for (const one of told.reverse()) {
      if (earliest && earliest.endedAt < one.invokedAt) {
        findings.push(`${earliest.marker} stands after ${one.marker} (${by})`)
      }
      if (!earliest || one.endedAt < earliest.endedAt) earliest = one
    }
  }
  return findings
}
