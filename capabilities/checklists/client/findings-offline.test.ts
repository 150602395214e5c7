import { randomUUID } from 'node:crypto'
import { FINDING, type Finding, findingIdOf, findingMutators } from '@opsflow/capabilities/findings'
import type { Task } from '@opsflow/capabilities/tasks'
import { MemoryReplica } from '@opsflow/platform/client/sync/memory-replica.for-tests'
import { expect, test } from 'vitest'
import { checklistMutators } from '../sync.ts'
import { CHECKLIST, FORM } from '../sync-entities.ts'
import { TemplateContent } from '../template.ts'

const [store, form, list, item] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
const dana = { id: randomUUID(), name: 'Dana' }
const content = TemplateContent.parse({
  sections: [{ id: randomUUID(), title: '', items: [{ kind: 'pass_fail', id: item, label: 'Floor is clean' }] }],
  scoring: { scheme: 'weighted', auditType: 'internal' },
})

const offline = (...more: ConstructorParameters<typeof MemoryReplica>[1] & object) => {
  const replica = new MemoryReplica(dana, [
    ...more,
    { entity: 'location', id: store, row: { id: store, timezone: 'America/Chicago', dayStartsAt: '04:00' } },
    {
      entity: FORM,
      id: form,
      row: { id: form, locationId: store, templateId: form, version: 3, name: 'Audit', content },
    },
    {
      entity: CHECKLIST,
      id: list,
      row: {
        ...{ id: list, locationId: store, formId: form, templateId: form, version: 3, name: 'Audit', status: 'open' },
        ...{ missedAt: null, startedAt: null, signOffs: [] },
      },
    },
  ])
  replica.set({ connection: 'offline' })
  return replica
}

test('an audit completed without a network has its findings and their tasks at once, and one is put right in the same queue', async () => {
  const replica = offline()
  const answerId = randomUUID()
  const failing = {
    id: answerId,
    checklistId: list,
    itemId: item,
    value: { kind: 'pass_fail' as const, passes: false },
  }
  await replica.mutate(checklistMutators.answer, failing)
  await replica.mutate(checklistMutators.complete, { checklistId: list })
  const findingId = findingIdOf(answerId)
  expect(replica.rows<Finding>(FINDING)).toMatchObject([
    { id: findingId, label: 'Floor is clean', version: 3, auditId: null, state: 'open', times: 1, severity: 'major' },
  ])
  expect(replica.row<Task>('task', findingId)).toMatchObject({ state: 'todo', taskType: 'corrective' })
  const fix = { stepId: randomUUID(), findingId, note: 'Mopped it', cause: 'not_done' as const }
  await replica.mutate(findingMutators.fix, fix)
  expect(replica.row<Finding>(FINDING, findingId)).toMatchObject({ state: 'fixed' })
  expect(replica.row<Task>('task', findingId)).toMatchObject({ state: 'completed' })
  const own = { stepId: randomUUID(), findingId, fixId: fix.stepId }
  await expect(replica.mutate(findingMutators.verify, own)).rejects.toMatchObject({
    code: 'findings.verifier_must_differ',
  })
  await replica.mutate(findingMutators.sendBack, {
    stepId: randomUUID(),
    findingId,
    fixId: fix.stepId,
    reason: 'Look again',
  })
  expect(replica.row<Finding>(FINDING, findingId)).toMatchObject({ state: 'open', fixedAt: null })
  expect(replica.row<Task>('task', findingId)).toMatchObject({ state: 'todo' })
  expect(replica.status.unsent).toBe(4)
})

test('a picture that proves something else already is refused where it is taken, without asking anyone', async () => {
  const other = { id: randomUUID(), ownerKind: 'checklist_answer', ownerId: randomUUID(), sha256: 'cd'.repeat(32) }
  const replica = offline({ entity: 'evidence', id: other.id, row: other })
  const answered = (sha256: string) => ({
    ...{ id: randomUUID(), checklistId: list, itemId: item, value: { kind: 'pass_fail' as const, passes: true } },
    photos: [{ id: randomUUID(), sha256 }],
  })
  await replica.mutate(checklistMutators.answer, answered('ab'.repeat(32)))
  // Said again at the same visit it is the same evidence.
  await replica.mutate(checklistMutators.answer, answered('ab'.repeat(32)))
  await expect(replica.mutate(checklistMutators.answer, answered('cd'.repeat(32)))).rejects.toMatchObject({
    code: 'checklists.photo_used',
  })
})
