import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'

/** A page of docs/evidence; scripts/evidence/pages.ts says which tests and benches fill it. */
export type EvidencePage =
  | 'isolation'
  | 'canaries'
  | 'planted-leaks'
  | 'records'
  | 'faults'
  | 'security'
  | 'speed'
  | 'plans'

export type Finding = { what: string; goal?: string; seen: string; met?: boolean }

export type Section = {
  title: string
  /** What was done to see it, and what it cannot show. */
  method: string
  findings: readonly Finding[]
  table?: readonly Record<string, string | number>[]
  notes?: readonly string[]
}

/** A section as a run leaves it for the page's writer. */
export type KeptSection = Section & { page: EvidencePage; file: string; at: number }

/** Where `npm run evidence` collects what tests saw. */
const FOLDER = process.env.EVIDENCE_FOLDER

/**
 * What a proof saw, for those who were not there. It is printed; `npm run evidence` makes the page of it.
 * Every figure comes from the run itself: nothing is typed in, and whether it is enough is asserted by the test.
 */
export function proven(page: EvidencePage, section: Section): void {
  for (const { what, goal, seen } of section.findings) {
    console.log(`${section.title} · ${what}: ${seen}${goal ? ` (goal ${goal})` : ''}`)
  }
  if (!FOLDER) return
  const kept: KeptSection = { ...section, page, file: expect.getState().testPath ?? '', at: Date.now() }
  writeFileSync(join(FOLDER, `${randomUUID()}.json`), JSON.stringify(kept))
}
