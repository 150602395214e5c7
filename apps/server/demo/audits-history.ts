import { recordAudit } from '@opsflow/capabilities/audits/server'
import { type ChecklistForm, lookedAt, scoreOf, stepsOf, type UnitHere } from '@opsflow/capabilities/checklists'
import type { Finding } from '@opsflow/capabilities/findings'
import { fixFinding, openFindings, verifyFinding } from '@opsflow/capabilities/findings/server'
import type { Moment } from '@opsflow/platform/moment'
import type { Statement } from '@opsflow/platform/server/batch'
import type { Database, Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { draws } from './draws.ts'
import { crewMember, type Opened } from './found-chain.ts'
import type { Done } from './store-checklists.ts'
import { owedFindings } from './store-checklists.ts'

const HOUR = 3_600_000
/** Of what was found, so much is put right before the next visit, and so much of that is confirmed. */
const PUT_RIGHT = 0.88
const CONFIRMED = 0.85

/** Audits of the history, one after another: what each came to, what it found, and what became of that until the next. */
export async function auditHistory(
  app: Database,
  location: Opened,
  done: readonly Done[],
  forms: readonly ChecklistForm[],
  units: readonly UnitHere[],
  to: number,
) {
  const audits = done
    .flatMap((one) => {
      const form = forms.find(({ id }) => id === one.list.formId)
      return form?.content.scoring && one.completedAt ? [{ ...one, form, completedAt: one.completedAt }] : []
    })
    .sort((one, other) => Date.parse(one.completedAt) - Date.parse(other.completedAt))
  for (const audit of audits) {
    await putRight(app, location, Date.parse(audit.completedAt))
    await app.write(location.system, (tx) => keepAudit(tx, location, audit, units))
  }
  if (audits.length > 0) await putRight(app, location, to)
}

/** By the product's own rules. */
async function keepAudit(
  tx: Tx,
  { plan: { timezone: timeZone } }: Opened,
  { list, answers, completedAt: at, by, form }: Done & { form: ChecklistForm; completedAt: string },
  units: readonly UnitHere[],
) {
  const { scoring } = form.content
  const steps = stepsOf(form.content, answers, units)
  const score = scoreOf(form.content, steps, answers, { at: Date.parse(at), timeZone })
  if (!scoring || !score) return
  const { templateId, version } = form
  const auditId = await recordAudit(tx, { ...list, templateId, version }, scoring.auditType, score, { at, by })
  const visit = { auditId, checklistId: list.id, locationId: list.locationId, templateId, version, at, by, timeZone }
  await openFindings(tx, visit, score, lookedAt(steps), momentAt(Date.parse(at)))
}

/** Someone of the crew puts right what was found, and a manager confirms it: mostly, and within days. */
async function putRight(app: Database, location: Opened, until: number) {
  const owed: Statement = owedFindings(location.id)
  for (const finding of await app.readOne<Pick<Finding, 'id' | 'label' | 'openedAt'>>(location.system, owed)) {
    const draw = draws(`${location.plan.key}/${finding.label}/${finding.openedAt}`)
    if (!draw.isLucky(PUT_RIGHT)) continue
    const fixedAt = Date.parse(finding.openedAt) + draw.whole([3, 60]) * HOUR
    const confirmedAt = fixedAt + draw.whole([2, 40]) * HOUR
    if (fixedAt >= until) continue
    const stepId = uuid7(fixedAt)
    const fix = { stepId, note: draw.oneOf(NOTES), cause: draw.oneOf(CAUSES), cost: null, photos: [] }
    const cook = crewMember(location, draw.whole([0, 99]))
    await app.write(cook, (tx) => fixFinding(tx, finding.id, fix, momentAt(fixedAt)))
    if (!draw.isLucky(CONFIRMED) || confirmedAt >= until || cook.id === location.verifier.id) continue
    const confirmation = { stepId: uuid7(confirmedAt), fixId: stepId, note: '' }
    await app.write(location.verifier, (tx) => verifyFinding(tx, finding.id, confirmation, null, momentAt(confirmedAt)))
  }
}

const NOTES = [
  'Cleaned, and put on the closing list.',
  'Shown to the whole shift.',
  'Ordered and filled up.',
  'Moved, with a label on the shelf.',
] as const
const CAUSES = ['not_done', 'no_time', 'not_trained', 'no_supplies'] as const

function momentAt(at: number): Moment {
  const then = new Date(at).toISOString()
  return { at: then, receivedAt: then, quality: 'exact', flags: [] }
}
