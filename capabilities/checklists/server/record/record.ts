import type { Score } from '@opsflow/capabilities/audits'
import type { Answer } from '../../answer.ts'
import type { Checklist } from '../../checklist.ts'
import type { ChecklistForm } from '../../form.ts'
import type { UnitHere } from '../../steps.ts'

/** Everything there is about a checklist that was done, for a sheet of paper. */
export type ChecklistRecord = {
  organizationName: string
  location: { name: string; timezone: string }
  form: ChecklistForm
  checklist: Checklist
  /** All of them, also those that no longer count. */
  answers: readonly Answer[]
  units: readonly UnitHere[]
  photos: readonly RecordPhoto[]
  /** Of an audit: what it came to, as it is kept. */
  score: Score | null
}

export type RecordPhoto = {
  answerId: string
  /** The file’s own hash, as it was taken: what it can be recognised by. */
  sha256: string
  /** As a JPEG. Null: it has not arrived, or was done without. */
  bytes: Uint8Array | null
}
