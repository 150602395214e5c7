import type { Audit } from '@opsflow/capabilities/audits'
import type { Looked } from '@opsflow/capabilities/findings'
import { type Finding, type FindingStep, taskFor, visitFinds, withStep } from '@opsflow/capabilities/findings'
import type { Actor } from '@opsflow/platform/actor'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { draws } from './draws.ts'
import { crewMember, type Opened } from './found-chain.ts'

/** What an audit came to, as it is stored. */
export type KeptAudit = Pick<
  Audit,
  'id' | 'checklistId' | 'templateId' | 'version' | 'auditType' | 'auditDate' | 'score'
> & {
  at: string
  by: string
}

/** A finding with what became of its task. */
export type Found = { finding: Finding; auditId: string; task: TaskOfYear }
export type TaskOfYear = ReturnType<typeof taskFor> & { completedAt: string | null; completedBy: string | null }

type Kept = { -readonly [key in keyof Found]: Found[key] } & { fixAt: number; confirmAt: number; fixer: Actor }
type Visit = KeptAudit & { name: string }

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Put right within days, and confirmed; what is not, is within weeks. The last month leaves some of it open. */
const SOON = 0.9
const CONFIRMED = 0.9
const RECENT = 30 * DAY

/** What visits found, put right and found again, in the order in which it happened. */
export class FindingsOfYear {
  readonly #location: Opened
  readonly #end: number
  readonly #kept: Kept[] = []

  constructor(location: Opened, end: number) {
    this.#location = location
    this.#end = end
  }

  visited(visit: Visit, looked: readonly Looked[]) {
    const at = Date.parse(visit.at)
    this.#putRight(at)
    const known = this.#kept.filter(
      ({ finding }) =>
        finding.templateId === visit.templateId &&
        finding.resolvedAt === null &&
        finding.state !== 'repeated' &&
        finding.state !== 'withdrawn',
    )
    const { opened, resolved } = visitFinds(
      visit.score,
      looked,
      known.map(({ finding }) => finding),
      { ...visit, locationId: this.#location.id, timeZone: this.#location.plan.timezone },
    )
    const keptOf = (finding: Finding) => known.find((one) => one.finding.id === finding.id)
    for (const one of opened) {
      const before = one.before && keptOf(one.before)
      const task =
        before?.finding.state === 'open'
          ? before.task
          : { ...taskFor(one, this.#location.id, visit.at), completedAt: null, completedBy: null }
      if (before) before.finding = withStep(before.finding, stepOf('repeated', visit))
      this.#kept.push({
        ...this.#planned(one.id, at),
        auditId: visit.id,
        task,
        finding: openedAs(one, visit, task.id, this.#location.id),
      })
    }
    for (const one of resolved) {
      const kept = keptOf(one)
      if (kept) kept.finding = withStep(kept.finding, stepOf('resolved', visit))
    }
  }

  told(): readonly Found[] {
    this.#putRight(this.#end)
    return this.#kept
  }

  #planned(id: string, at: number) {
    const draw = draws(`${this.#location.plan.key}/${this.#kept.length}/${at}`)
    const isRecent = at > this.#end - RECENT
    const fixAt = at + (draw.isLucky(SOON) ? draw.whole([3, 70]) * HOUR : draw.whole([8, 25]) * DAY)
    const confirmAt =
      isRecent && !draw.isLucky(CONFIRMED) ? Number.POSITIVE_INFINITY : fixAt + draw.whole([2, 40]) * HOUR
    return { fixAt, confirmAt, fixer: crewMember(this.#location, draw.whole([0, 99])), id }
  }

  #putRight(until: number) {
    const { verifier, plan } = this.#location
    for (const kept of this.#kept) {
      if (kept.finding.state === 'open' && kept.fixAt < until) {
        const draw = draws(`${plan.key}/${kept.finding.label}/${kept.fixAt}`)
        const at = new Date(kept.fixAt).toISOString()
        kept.finding = withStep(kept.finding, {
          ...stepAt('fixed', at, kept.fixer),
          ...{ note: draw.oneOf(NOTES), cause: draw.oneOf(CAUSES) },
        })
        kept.task.completedAt = at
        kept.task.completedBy = kept.fixer.id
      }
      if (kept.finding.state === 'fixed' && kept.confirmAt < until && kept.fixer.id !== verifier.id) {
        kept.finding = withStep(kept.finding, stepAt('verified', new Date(kept.confirmAt).toISOString(), verifier))
      }
    }
  }
}

const NOTES = ['Cleaned, and put on the closing list.', 'Shown to the whole shift.', 'Ordered and filled up.'] as const
const CAUSES = ['not_done', 'no_time', 'not_trained', 'no_supplies', 'equipment'] as const

type Opening = ReturnType<typeof visitFinds>['opened'][number]

const openedAs = ({ looked, ...one }: Opening, visit: Visit, taskId: string, locationId: string): Finding => ({
  ...{ id: one.id, locationId, auditId: visit.id, checklistId: visit.checklistId, answerId: looked.answerId },
  ...{ templateId: visit.templateId, version: visit.version, auditName: visit.name, itemId: looked.itemId },
  ...{ entryId: looked.entryId, label: looked.label, as: looked.as, severity: one.severity },
  ...{ said: { note: looked.note, photos: looked.photos }, dueAt: one.dueAt, dueDay: one.dueDay, taskId },
  ...{ assignedTo: null, assignedRole: null, state: 'open', openedAt: visit.at, openedBy: { id: visit.by, name: '' } },
  ...{ fixedAt: null, endedAt: null, resolvedAt: null, repeatsId: one.before?.id ?? null, times: one.times },
  history: [{ ...stepOf('opened', visit), id: one.id, checklistId: null }],
})

const stepAt = (step: FindingStep['step'], at: string, by: Pick<Actor, 'id' | 'name'>): FindingStep => ({
  ...{ id: uuid7(Date.parse(at)), step, outcome: 'applied', at, receivedAt: at, timeQuality: 'exact' },
  ...{ by: { id: by.id, name: by.name }, kiosk: null, signature: null, note: '', cause: null, cost: null },
  checklistId: null,
})

const stepOf = (step: FindingStep['step'], { at, by, checklistId }: Visit): FindingStep => ({
  ...stepAt(step, at, { id: by, name: '' }),
  checklistId,
})
