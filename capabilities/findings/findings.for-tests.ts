import type { Score } from '@opsflow/capabilities/audits'
import type { Finding, FindingStep } from './finding.ts'
import type { Looked, Visit } from './visit.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
export const uuid = id
export const [ann, bob, carl] = [
  { id: id(901), name: 'Ann' },
  { id: id(902), name: 'Bob' },
  { id: id(903), name: 'Carl' },
]
export const hour = (n: number) => new Date(Date.UTC(2026, 10, 2, 12 + n)).toISOString()

let steps = 5000
export const step = (
  name: FindingStep['step'],
  at: string,
  by = bob,
  more: Partial<FindingStep> = {},
): FindingStep => ({
  ...{ id: id(++steps), step: name, outcome: 'applied', at, receivedAt: at, timeQuality: 'exact', by, kiosk: null },
  ...{ signature: null, note: '', cause: null, cost: null, checklistId: null, ...more },
})

export const finding = (more: Partial<Finding> = {}): Finding => ({
  ...{
    id: id(1),
    locationId: id(2),
    auditId: id(3),
    checklistId: id(4),
    answerId: id(5),
    templateId: id(6),
    version: 1,
  },
  ...{ auditName: 'Audit', itemId: id(10), entryId: null, label: 'Floor', as: null, severity: 'minor' },
  ...{
    said: { note: '', photos: 0 },
    dueAt: hour(72),
    dueDay: null,
    taskId: id(7),
    assignedTo: null,
    assignedRole: null,
  },
  ...{
    state: 'open',
    openedAt: hour(0),
    openedBy: ann,
    fixedAt: null,
    endedAt: null,
    resolvedAt: null,
    repeatsId: null,
  },
  ...{ times: 1, history: [step('opened', hour(0), ann)], ...more },
})

export const score = (more: Partial<Score> = {}): Score => ({
  ...{ scheme: 'weighted', edition: 'x', status: 'pass', compliance: 90, points: 90, max: 100, grade: null },
  ...{ outcome: null, failedCritical: [], sections: [], costs: [], surcharges: [], heldBack: 0, ...more },
})
export const cost = (itemId: string, points: number, more: Partial<Score['costs'][number]> = {}) => ({
  ...{ itemId, entryId: null, label: 'x', points, as: null, due: null, correctedOnSite: false, ...more },
})

let answers = 7000
export const looked = (itemId: string, outcome: Looked['outcome'], more: Partial<Looked> = {}): Looked => ({
  ...{ itemId, entryId: null, label: 'Floor', answerId: id(++answers), outcome, as: null, isCritical: false, note: '' },
  ...{ photos: 0, taskId: null, work: null, ...more },
})

export const visit = (more: Partial<Visit> = {}): Visit => ({
  ...{ checklistId: id(40), locationId: id(2), templateId: id(6), at: hour(200), timeZone: 'America/Chicago', ...more },
})
