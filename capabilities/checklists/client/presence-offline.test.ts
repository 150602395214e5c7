import { randomUUID } from 'node:crypto'
import { measured } from '@opsflow/capabilities/locations'
import { PLACE_CODE } from '@opsflow/capabilities/tasks'
import { MemoryReplica } from '@opsflow/platform/client/sync/memory-replica.for-tests'
import { expect, test } from 'vitest'
import type { Checklist } from '../checklist.ts'
import { checklistMutators } from '../sync.ts'
import { CHECKLIST, FORM } from '../sync-entities.ts'
import { TemplateContent } from '../template.ts'

const [store, form, list] = [randomUUID(), randomUUID(), randomUUID()]
const HERE = { latitude: 41.8827, longitude: -87.6233 }
const KNOWN = 'K'.repeat(20)
const content = TemplateContent.parse({
  sections: [{ id: randomUUID(), title: '', items: [{ kind: 'pass_fail', id: randomUUID(), label: 'Clean' }] }],
  scoring: { scheme: 'weighted', auditType: 'internal' },
})

function offline() {
  const replica = new MemoryReplica({ id: randomUUID(), name: 'Dana' }, [
    { entity: 'location', id: store, row: { id: store, timezone: 'UTC', ...HERE, radiusMetres: 150 } },
    {
      entity: PLACE_CODE,
      id: randomUUID(),
      row: { locationId: store, code: KNOWN, revokedAt: null, label: '', unit: { id: store, name: 'Walk-in' } },
    },
    {
      entity: FORM,
      id: form,
      row: { id: form, locationId: store, templateId: form, version: 1, name: 'Audit', content },
    },
    {
      entity: CHECKLIST,
      id: list,
      // A row from before there was any of this.
      row: { id: list, locationId: store, formId: form, name: 'Audit', status: 'open', missedAt: null, signOffs: [] },
    },
  ])
  replica.set({ connection: 'offline' })
  return replica
}

test('without a network a code that the device knows shows it at once, another one will be checked, and a distance is judged', async () => {
  const replica = offline()
  const show = (shown: Parameters<typeof checklistMutators.presence.args.parse>[0]) =>
    replica.mutate(checklistMutators.presence, { id: randomUUID(), checklistId: list, shown } as never)
  await show({ method: 'code', code: KNOWN })
  await show({ method: 'code', code: 'Z'.repeat(20) })
  const near = measured({ latitude: 41.8829, longitude: -87.6233, accuracy: 12 }, HERE)
  await show({ method: 'position', from: HERE, ...near })
  await show({ method: 'position', from: HERE, ...measured({ latitude: 42, longitude: -87.6233, accuracy: 12 }, HERE) })
  expect(replica.row<Checklist>(CHECKLIST, list)?.presences).toMatchObject([
    { verdict: 'here', codeLabel: 'Walk-in', codeEnd: 'KKKK', by: { name: 'Dana' } },
    { verdict: 'unchecked', codeLabel: null },
    { verdict: 'here', distanceMetres: 20, accuracyMetres: 15 },
    { verdict: 'elsewhere' },
  ])
})
