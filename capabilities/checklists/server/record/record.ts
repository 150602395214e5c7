import type { Score } from '@opsflow/capabilities/audits'
import type { PrintedPhoto } from '@opsflow/capabilities/evidence/server'
import type { PaperLogo } from '@opsflow/platform/server/paper/paper'
import type { Answer } from '../../answer.ts'
import type { Checklist } from '../../checklist.ts'
import type { ChecklistForm } from '../../form.ts'
import type { UnitHere } from '../../steps.ts'

/** Everything there is about a checklist that was done, for a sheet of paper. */
export type ChecklistRecord = {
  organizationName: string
  /** The organization’s own colour. */
  brand: string | null
  logo: PaperLogo | null
  location: { name: string; timezone: string }
  form: ChecklistForm
  checklist: Checklist
  /** All of them, also those that no longer count. */
  answers: readonly Answer[]
  units: readonly UnitHere[]
  /** Of the answers that own them. */
  photos: readonly PrintedPhoto[]
  /** Of an audit: what it came to, as it is kept. */
  score: Score | null
}
