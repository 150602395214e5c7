import type { Score, ScoreCost } from '@opsflow/capabilities/audits'
import { dueOf, severityOf } from './deadline.ts'
import type { Finding, Severity } from './finding.ts'
import { findingIdOf } from './finding-id.ts'

/** What was looked at in an audit, and how it stands as the audit is completed. */
export type Looked = {
  itemId: string
  entryId: string | null
  label: string
  answerId: string
  outcome: 'pass' | 'fail' | 'other'
  as: ScoreCost['as']
  isCritical: boolean
  note: string
  photos: number
  /** The task that the failing answer has become already. */
  taskId: string | null
  /** What its item says of the work: it may be due sooner than the scheme asks. */
  work: { title: string; role: string | null; dueAt: string } | null
}

export type Visit = {
  checklistId: string
  locationId: string
  templateId: string
  /** When it was completed. */
  at: string
  timeZone: string
}

export type Opening = {
  looked: Looked
  id: string
  severity: Severity
  dueAt: string
  dueDay: string | null
  /** The finding of an earlier visit that it is again. */
  before: Finding | null
  times: number
  /** The task that does for it; null: it gets one of its own. */
  taskId: string | null
}

export type Found = {
  opened: Opening[]
  /** Of earlier visits, found in order now. */
  resolved: Finding[]
  /** Of this very audit, which was sent back and answered again. */
  withdrawn: Finding[]
}

/**
 * What a visit finds, beside what is known of earlier ones (`known`: of the same template at the same place, none that
 * is resolved, repeated or withdrawn). The same on the device and on the server.
 */
export function visitFinds(score: Score, looked: readonly Looked[], known: readonly Finding[], visit: Visit): Found {
  const here = known.filter(({ checklistId }) => checklistId === visit.checklistId)
  const earlier = known
    .filter(({ checklistId, openedAt }) => checklistId !== visit.checklistId && isBefore(openedAt, visit.at))
    .sort((one, other) => Date.parse(other.openedAt) - Date.parse(one.openedAt))
  const failing = looked.filter((one) => one.outcome === 'fail' && isFinding(one, score))
  const taken = new Set<string>()
  const opened: Opening[] = []
  for (const one of failing) {
    if (here.some((own) => isAt(own, one) && own.state !== 'verified')) continue
    const id = findingIdOf(one.answerId)
    if (known.some((own) => own.id === id)) continue
    const before = earlier.find((other) => !taken.has(other.id) && isSame(other, one, looked)) ?? null
    if (before) taken.add(before.id)
    opened.push(opening(one, id, before, score, visit))
  }
  return {
    opened,
    resolved: earlier.filter((other) => !taken.has(other.id) && isPutRight(other) && isInOrder(other, looked)),
    withdrawn: here.filter((own) => own.state === 'open' && !failing.some((one) => isAt(own, one))),
  }
}

/** It cost something, or it is something under the scheme. What was put right on the spot is told by the score. */
function isFinding(one: Looked, score: Score) {
  const cost = costOf(one, score)
  return cost ? cost.points >= 0 && !cost.correctedOnSite : one.as !== null || one.isCritical
}

function opening(looked: Looked, id: string, before: Finding | null, score: Score, visit: Visit): Opening {
  const cost = costOf(looked, score)
  const severity = severityOf({
    ...{ scheme: score.scheme, as: looked.as, isCritical: looked.isCritical },
    ...{ points: cost?.points ?? 0, max: score.max },
  })
  const isStillOpen = before?.state === 'open'
  const rule = dueOf(cost, severity, Date.parse(visit.at), visit.timeZone)
  const sooner = [looked.work?.dueAt, isStillOpen ? before.dueAt : undefined].filter((at) => at !== undefined)
  return {
    ...{ looked, id, severity, before },
    ...earliest([rule, ...sooner.map((dueAt) => ({ dueAt, dueDay: null }))]),
    times: (before?.times ?? 0) + 1,
    taskId: looked.taskId ?? (isStillOpen ? before.taskId : null),
  }
}

/** Nobody gets more time by leaving it until the next visit. */
const earliest = (times: readonly { dueAt: string; dueDay: string | null }[]) =>
  times.reduce((one, other) => (isBefore(other.dueAt, one.dueAt) ? other : one))

type Place = Pick<Looked, 'itemId' | 'entryId'>
const isAt = (one: Place, other: Place) => one.itemId === other.itemId && one.entryId === other.entryId

/** The same item, in the same entry; batches have other entries each time, so of those any will do. */
const isSame = (other: Finding, one: Looked, looked: readonly Looked[]) =>
  isAt(other, one) || (other.itemId === one.itemId && other.entryId !== null && !looked.some((now) => isAt(now, other)))

const isPutRight = ({ state }: Finding) => state === 'fixed' || state === 'verified'

function isInOrder(other: Finding, looked: readonly Looked[]) {
  const now = looked.filter(({ itemId }) => itemId === other.itemId)
  const own = now.filter((one) => isAt(one, other))
  const asked = own.length > 0 ? own : now
  return asked.length > 0 && asked.every(({ outcome }) => outcome === 'pass')
}

const costOf = (one: Place, { costs }: Score) => costs.find((cost) => isAt(cost, one))
const isBefore = (one: string, other: string) => Date.parse(one) < Date.parse(other)
