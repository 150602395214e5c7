import { createHash } from 'node:crypto'
import {
  type Answer,
  type ChecklistForm,
  type Item,
  lookedAt,
  scoreOf,
  signedText,
  stepsOf,
  type UnitHere,
} from '@opsflow/capabilities/checklists'
import type { Actor } from '@opsflow/platform/actor'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { type AuditVisit, auditVisits } from './audit-visits.ts'
import { draws } from './draws.ts'
import { fillChecklist } from './fill-checklist.ts'
import { FindingsOfYear, type Found, type KeptAudit } from './findings-year.ts'
import { crewMember, type Opened } from './found-chain.ts'
import type { Span } from './sensor-history.ts'
import type { Done, MadeList } from './store-checklists.ts'

/** All that a year of audits leaves behind, to be stored at once. */
export type AuditYear = {
  done: readonly Done[]
  missed: readonly MadeList[]
  audits: readonly KeptAudit[]
  findings: readonly Found[]
}
const MINUTE = 60_000
const GRAVE = 0.2

/** A year of audits of a location, lived by the product's own rules: what each came to, found, and what became of that. */
export function auditYear(
  location: Opened,
  forms: ReadonlyMap<string, ChecklistForm>,
  units: readonly UnitHere[],
  span: Span,
): AuditYear {
  const findings = new FindingsOfYear(location, span.to)
  const done: Done[] = []
  const missed: MadeList[] = []
  const audits: KeptAudit[] = []
  for (const visit of auditVisits(location.plan, span)) {
    const form = forms.get(visit.template)
    if (!form) continue
    const list = listOf(location, visit, form)
    if (visit.isMissed) {
      missed.push(list)
      continue
    }
    const one = doneIn(location, visit, list, form, units)
    const kept = keptOf(location, one, form, units)
    if (!kept) continue
    done.push(one)
    audits.push(kept.audit)
    findings.visited({ ...kept.audit, name: form.name }, kept.looked)
  }
  return { done, missed, audits, findings: findings.told() }
}

function listOf(location: Opened, { day, startsAt, template, by }: AuditVisit, form: ChecklistForm): MadeList {
  const at = (minutes: number) => new Date(startsAt + minutes * MINUTE).toISOString()
  return {
    ...{ id: uuid7(startsAt), locationId: location.id, formId: form.id, slot: `${template}/${day}`, day },
    role: by === 'manager' ? 'org:manager' : null,
    ...{ visibleAt: at(-120), dueAt: at(90), lateAt: at(150), missedAt: at(480) },
  }
}

function doneIn(
  location: Opened,
  { by, startsAt, foundShare }: AuditVisit,
  list: MadeList,
  form: ChecklistForm,
  units: readonly UnitHere[],
): Done & { completedAt: string } {
  const draw = draws(`${location.plan.key}/${list.slot}/answers`)
  const person = auditorOf(location, by)
  const answers = fillChecklist({
    ...{ form, list, units, draw, startedAt: startsAt, by: { id: person.id, name: person.name } },
    readingOf: () => '38.5',
    foundShare: (item) => foundShare * (isGrave(item) ? GRAVE : 1),
  })
  const completedAt = new Date(Date.parse(answers.at(-1)?.answeredAt ?? list.dueAt) + 20_000).toISOString()
  return {
    ...{ list, by: person.id, answers, completedAt, startedAt: new Date(startsAt).toISOString() },
    signOff: { id: uuid7(Date.parse(completedAt)), digest: digestOf(form, list, answers) },
  }
}

function keptOf(
  { plan: { timezone: timeZone } }: Opened,
  { list, answers, completedAt: at, by }: Done & { completedAt: string },
  form: ChecklistForm,
  units: readonly UnitHere[],
) {
  const { scoring } = form.content
  const steps = stepsOf(form.content, answers, units)
  const score = scoreOf(form.content, steps, answers, { at: Date.parse(at), timeZone })
  if (!scoring || !score) return undefined
  const { templateId, version } = form
  const audit: KeptAudit = {
    ...{ id: uuid7(Date.parse(at)), checklistId: list.id, templateId, version, auditType: scoring.auditType },
    ...{ auditDate: list.day, score, at, by },
  }
  return { audit, looked: lookedAt(steps) }
}

/** The district's manager looks every month, the store's own every week. */
const auditorOf = (location: Opened, by: AuditVisit['by']): Actor =>
  (by === 'district' ? location.managers.at(0) : location.managers.at(-1)) ?? crewMember(location, 0)

const isGrave = ({ isCritical, onFail }: Item) => isCritical || onFail?.leadsTo === 'task'

const digestOf = (form: ChecklistForm, list: MadeList, answers: readonly Answer[]) =>
  createHash('sha256')
    .update(signedText(form, { ...list, reason: '' }, answers))
    .digest('hex')
