import { can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { cursorKeys, isText, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import type { Audit } from '../audit.ts'
import { auditRoutes } from '../audit-routes.ts'
import { listAudits, readAudits } from './store.ts'

export const auditImplementations = (): Implementation[] =>
  implement(auditRoutes, {
    'GET /audits': async ({ actor, query, readOne }) => {
      const { limit, cursor, ...filter } = query
      const after = cursorKeys(cursor, isDay, isUuid)
      const rows = await readOne<Audit>(listAudits(actor, { ...filter, after }, limit))
      const page = pageOf(rows, limit, (last) => [last.auditDate, last.id])
      return { ...page, items: page.items.filter(({ locationId }) => can(actor, 'checklists.read', locationId)) }
    },
    'GET /audits/{id}': ({ actor, params, read }) =>
      read(async (tx) => {
        const [audit] = await readAudits(tx, [params.id])
        return audit && can(actor, 'checklists.read', audit.locationId) ? audit : notFound()
      }),
  })

const isDay = (key: unknown) => isText(key) && /^\d{4}-\d\d-\d\d$/.test(String(key))
