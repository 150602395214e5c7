import { NewSchedule } from '@opsflow/capabilities/checklists'
import { makeSchedule } from '@opsflow/capabilities/checklists/server'
import type { Database } from '@opsflow/platform/server/tenant'
import { DAY_PLAN } from './day-plan.ts'
import type { FoundedBrand, Opened } from './found-chain.ts'

/** The schedules of a brand: each for the kinds of locations it has a checklist for. */
export async function planDays(app: Database, brand: FoundedBrand, locations: readonly Opened[], from: number) {
  const kinds = [...new Set(locations.map(({ plan }) => plan.kind))].sort()
  await app.write(brand.system, async (tx) => {
    for (const { name, template, role, timing, kinds: only = kinds } of DAY_PLAN) {
      const forEach = template.endsWith('.')
      const parts = forEach
        ? only.filter((kind) => kinds.includes(kind)).map((kind) => ({ key: template + kind, kinds: [kind] }))
        : [{ key: template, kinds: only.filter((kind) => kinds.includes(kind)) }]
      for (const part of parts) {
        const templateId = brand.templates.get(part.key)
        if (!templateId) continue
        const isOne = part.kinds.length === kinds.length
        await makeSchedule(
          tx,
          NewSchedule.parse({
            ...{ templateId, role: role ?? null },
            name: isOne ? name : `${name}: ${part.kinds.map((kind) => kind.replace('_', ' ')).join(', ')}`,
            timing: { ...timing, from: new Date(from).toISOString().slice(0, 10) },
            target: { kinds: isOne ? [] : part.kinds },
          }),
        )
      }
    }
  })
}
